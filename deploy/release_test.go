package deploy_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// checkRelease finds what the parts of a release must be to one another: names
// lead to what is there, and nothing is allowed that is not needed.
func checkRelease(t *testing.T, manifests []object) {
	t.Helper()
	r := release{t: t, all: manifests}
	for _, o := range manifests {
		switch o.text("kind") {
		case "Deployment":
			r.pod = o.in("spec", "template", "spec")
			r.labels = o.in("spec", "template", "metadata", "labels")
			r.isSelected("the Deployment's selector", o.in("spec", "selector", "matchLabels"))
		case "ConfigMap":
			r.configMaps = append(r.configMaps, o.text("metadata", "name"))
		}
	}
	if len(r.pod.all("containers")) == 0 {
		t.Fatal("there is no Deployment with a container")
	}
	r.checkPod()
	for _, c := range append(r.pod.all("containers"), r.pod.all("initContainers")...) {
		r.checkContainer(c)
	}
	for _, o := range manifests {
		r.checkAround(o)
	}
}

type release struct {
	t          *testing.T
	all        []object
	pod        object
	labels     object
	configMaps []string
}

func (r *release) isSelected(what string, selector object) {
	r.t.Helper()
	if len(selector) == 0 {
		r.t.Errorf("%s selects everything", what)
	}
	for key, value := range selector {
		if r.labels[key] != value {
			r.t.Errorf("%s wants %s=%v, and the pod has %v", what, key, value, r.labels[key])
		}
	}
}

// checkPod holds the pod to the profile "restricted" of
// https://kubernetes.io/docs/concepts/security/pod-security-standards/ and to more.
func (r *release) checkPod() {
	r.t.Helper()
	for what, ok := range map[string]bool{
		"runs as somebody else than root":   r.pod.at("securityContext", "runAsNonRoot") == true && r.pod.at("securityContext", "runAsUser") == 65532,
		"has the runtime's seccomp profile": r.pod.text("securityContext", "seccompProfile", "type") == "RuntimeDefault",
		"has no token of the cluster":       r.pod.at("automountServiceAccountToken") == false,
		"is told of no other services":      r.pod.at("enableServiceLinks") == false,
		"has the time that draining takes":  r.pod.at("terminationGracePeriodSeconds") == 15,
		"is of a single bot":                r.pod.all("containers")[0].text("name") == "frameworkbot",
	} {
		if !ok {
			r.t.Errorf("not so: the pod %s", what)
		}
	}
	for _, v := range r.pod.all("volumes") {
		if len(v) != 2 {
			r.t.Errorf("the volume %v is not of one kind", v)
		}
		if name := v.text("configMap", "name"); strings.HasPrefix(name, "bot-") && !slices.Contains(r.configMaps, name) {
			r.t.Errorf("there is no ConfigMap %s", name)
		}
		if mode := v.at("secret", "defaultMode"); v["secret"] != nil && mode != 0o440 {
			r.t.Errorf("the secret %s has the mode %v: the bot takes 0440", v["name"], mode)
		}
	}
}

func (r *release) checkContainer(c object) {
	r.t.Helper()
	name := c.text("name")
	security := c.in("securityContext")
	if security["allowPrivilegeEscalation"] != false || security["readOnlyRootFilesystem"] != true || fmt.Sprint(security.at("capabilities", "drop")) != "[ALL]" {
		r.t.Errorf("%s may do too much: %v", name, security)
	}
	if c.at("resources", "limits", "memory") == nil {
		r.t.Errorf("%s has no limit of memory", name)
	}
	var volumes, ports []string
	for _, v := range r.pod.all("volumes") {
		volumes = append(volumes, v.text("name"))
	}
	for _, m := range c.all("volumeMounts") {
		if !slices.Contains(volumes, m.text("name")) {
			r.t.Errorf("%s mounts the volume %q, and there are %v", name, m["name"], volumes)
		}
	}
	for _, p := range c.all("ports") {
		ports = append(ports, p.text("name"))
	}
	for _, probe := range []string{"startupProbe", "livenessProbe", "readinessProbe"} {
		if p := c.in(probe); p != nil && !slices.Contains(ports, p.text("httpGet", "port")) || p == nil && name == "frameworkbot" {
			r.t.Errorf("%s: the %s asks at %v of %v", name, probe, p.at("httpGet", "port"), ports)
		}
	}
	r.checkEnv(name, c)
}

// checkEnv: each variable is there once, is known to whoever reads it, and the
// files and folders that it names are mounted.
func (r *release) checkEnv(name string, c object) {
	r.t.Helper()
	seen, known := map[string]bool{}, variables(r.t)
	for _, e := range c.all("env") {
		variable := e.text("name")
		isGit := strings.HasPrefix(variable, "GITSYNC_") && strings.HasPrefix(name, "git-")
		if seen[variable] || !isGit && !known[variable] {
			r.t.Errorf("%s: the variable %s is not known, or there twice", name, variable)
		}
		seen[variable] = true
		for value := range strings.SplitSeq(e.text("value"), ",") {
			if strings.HasPrefix(value, "/") && !isMounted(c, value) {
				r.t.Errorf("%s: %s is %s, and nothing is mounted there", name, variable, value)
			}
		}
	}
}

func isMounted(c object, path string) bool {
	return slices.ContainsFunc(c.all("volumeMounts"), func(m object) bool {
		return path == m.text("mountPath") || strings.HasPrefix(path, m.text("mountPath")+"/")
	})
}

// variables are those that the program reads, from its example settings, and
// that the Go runtime does.
func variables(t *testing.T) map[string]bool {
	t.Helper()
	known := map[string]bool{"GOMEMLIMIT": true}
	for _, name := range regexp.MustCompile(`\b(FRAMEWORKBOT|SLACK|DISCORD)(_[A-Z]+)+\b`).FindAllString(read(t, "../config.example.yaml"), -1) {
		known[name] = true
	}
	return known
}

// checkAround looks at what stands around the pod.
func (r *release) checkAround(o object) {
	r.t.Helper()
	var ports []string
	for _, p := range r.pod.all("containers")[0].all("ports") {
		ports = append(ports, p.text("name"))
	}
	switch o.text("kind") {
	case "Service":
		r.isSelected("the Service", o.in("spec", "selector"))
		for _, p := range o.all("spec", "ports") {
			if !slices.Contains(ports, p.text("targetPort")) || p.text("targetPort") == "ops" {
				r.t.Errorf("the Service leads to the port %v of %v", p["targetPort"], ports)
			}
		}
	case "PodDisruptionBudget":
		r.isSelected("the PodDisruptionBudget", o.in("spec", "selector", "matchLabels"))
	case "NetworkPolicy":
		r.checkPolicy(o, ports)
	case "Ingress":
		if !slices.ContainsFunc(r.all, func(s object) bool { return s.text("kind") == "Service" }) {
			r.t.Error("there is an Ingress, and no Service")
		}
	case "ServiceAccount":
		if o["automountServiceAccountToken"] != false || o.text("metadata", "name") != r.pod.text("serviceAccountName") {
			r.t.Errorf("the ServiceAccount %v is not the pod's, or has a token", o.at("metadata", "name"))
		}
	}
}

// checkPolicy: in through the ports that the bot has, out to names, to https,
// and to what the values add.
func (r *release) checkPolicy(o object, ports []string) {
	r.t.Helper()
	r.isSelected("the NetworkPolicy", o.in("spec", "podSelector", "matchLabels"))
	if fmt.Sprint(o.at("spec", "policyTypes")) != "[Ingress Egress]" {
		r.t.Error("the NetworkPolicy leaves one direction open")
	}
	var in, out []string
	for _, rule := range o.all("spec", "ingress") {
		for _, p := range rule.all("ports") {
			in = append(in, p.text("port"))
		}
	}
	for _, rule := range o.all("spec", "egress") {
		for _, p := range rule.all("ports") {
			out = append(out, fmt.Sprint(p["port"]))
		}
		if len(rule.all("ports")) == 0 {
			r.t.Error("a rule lets the pod out to every port")
		}
	}
	if !slices.Equal(in, ports) || !slices.Equal(out[:3], []string{"53", "53", "443"}) {
		r.t.Errorf("the NetworkPolicy lets in through %v and out to %v; the bot has the ports %v", in, out, ports)
	}
}
