package deploy_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// kinds are the objects that the chart may make, by apiVersion and kind.
var kinds = map[string]string{
	"apps/v1 Deployment":                 "Deployment",
	"v1 ConfigMap":                       "ConfigMap",
	"v1 Service":                         "Service",
	"v1 ServiceAccount":                  "ServiceAccount",
	"networking.k8s.io/v1 Ingress":       "Ingress",
	"networking.k8s.io/v1 NetworkPolicy": "NetworkPolicy",
	"policy/v1 PodDisruptionBudget":      "PodDisruptionBudget",
}

// shapes say of each part of an object which fields it may have, and what they
// hold, for the part of https://kubernetes.io/docs/reference/kubernetes-api/
// that the chart uses. A field with "!" must be there; "[]" is a list of what
// follows, "{}" a map with text in it, and a word that is no shape a form.
var shapes = map[string]string{
	"Deployment":          "apiVersion! text, kind! text, metadata! Meta, spec! DeploymentSpec",
	"ConfigMap":           "apiVersion! text, kind! text, metadata! Meta, data {}",
	"Service":             "apiVersion! text, kind! text, metadata! Meta, spec! ServiceSpec",
	"ServiceAccount":      "apiVersion! text, kind! text, metadata! Meta, automountServiceAccountToken bool",
	"Ingress":             "apiVersion! text, kind! text, metadata! Meta, spec! IngressSpec",
	"NetworkPolicy":       "apiVersion! text, kind! text, metadata! Meta, spec! NetworkPolicySpec",
	"PodDisruptionBudget": "apiVersion! text, kind! text, metadata! Meta, spec! BudgetSpec",

	"Meta":           "name! name, labels labels, annotations {}",
	"PodMeta":        "labels! labels, annotations {}",
	"Selector":       "matchLabels labels",
	"DeploymentSpec": "replicas int, strategy Strategy, selector! Selector, template! Template",
	"Strategy":       "type! text, rollingUpdate Rolling",
	"Rolling":        "maxUnavailable int, maxSurge int",
	"Template":       "metadata! PodMeta, spec! PodSpec",
	"PodSpec": "serviceAccountName name, automountServiceAccountToken bool, enableServiceLinks bool, terminationGracePeriodSeconds int, " +
		"securityContext PodSecurity, imagePullSecrets []Named, initContainers []Container, containers! []Container, volumes []Volume, " +
		"nodeSelector labels, tolerations []Toleration, affinity any, priorityClassName name",
	"PodSecurity": "runAsNonRoot bool, runAsUser int, runAsGroup int, fsGroup int, fsGroupChangePolicy text, seccompProfile Typed",
	"Typed":       "type! text",
	"Named":       "name! name",
	"Container": "name! name, image! text, imagePullPolicy text, args []text, env []Env, ports []ContainerPort, startupProbe Probe, livenessProbe Probe, " +
		"readinessProbe Probe, lifecycle Lifecycle, securityContext Security, resources Resources, volumeMounts []Mount",
	"Env":           "name! variable, value text, valueFrom ValueFrom",
	"ValueFrom":     "secretKeyRef! KeyRef",
	"KeyRef":        "name! name, key! text",
	"ContainerPort": "name port, containerPort! int, protocol text",
	"Probe":         "httpGet! Get, periodSeconds int, timeoutSeconds int, failureThreshold int",
	"Get":           "path! text, port! port",
	"Lifecycle":     "preStop! Hook",
	"Hook":          "sleep! Sleep",
	"Sleep":         "seconds! int",
	"Security":      "runAsUser int, runAsGroup int, allowPrivilegeEscalation bool, readOnlyRootFilesystem bool, capabilities Capabilities",
	"Capabilities":  "drop []text",
	"Resources":     "requests Amounts, limits Amounts",
	"Amounts":       "cpu amount, memory amount",
	"Mount":         "name! name, mountPath! text, readOnly bool",
	"Volume":        "name! name, configMap Named, secret Secret, emptyDir Empty, persistentVolumeClaim Claim",
	"Secret":        "secretName! name, defaultMode int, items []Item",
	"Item":          "key! text, path! text",
	"Empty":         "sizeLimit amount",
	"Claim":         "claimName! name, readOnly bool",
	"Toleration":    "key text, operator text, value text, effect text",

	"ServiceSpec": "type text, selector! labels, ports! []ServicePort",
	"ServicePort": "name port, port! int, targetPort port, protocol text",

	"IngressSpec":    "ingressClassName name, tls []TLS, rules! []IngressRule",
	"TLS":            "hosts []text, secretName name",
	"IngressRule":    "host text, http! IngressHTTP",
	"IngressHTTP":    "paths! []IngressPath",
	"IngressPath":    "path text, pathType! text, backend! Backend",
	"Backend":        "service! BackendService",
	"BackendService": "name! name, port! BackendPort",
	"BackendPort":    "name! port",

	"NetworkPolicySpec": "podSelector! Selector, policyTypes []text, ingress []PolicyIn, egress []PolicyOut",
	"PolicyIn":          "ports []PolicyPort, from []Peer",
	"PolicyOut":         "ports []PolicyPort, to []Peer",
	"PolicyPort":        "port portOrNumber, protocol text",
	"Peer":              "ipBlock Block, namespaceSelector Selector, podSelector Selector",
	"Block":             "cidr! text, except []text",

	"BudgetSpec": "maxUnavailable int, minAvailable int, unhealthyPodEvictionPolicy text, selector! Selector",
}

// forms are what single values may look like.
var forms = map[string]*regexp.Regexp{
	"text":     regexp.MustCompile(`^`),
	"name":     regexp.MustCompile(`^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$`),
	"port":     regexp.MustCompile(`^[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$`),
	"variable": regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`),
	"amount":   regexp.MustCompile(`^[0-9]+(\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi)?$`),
}

var (
	labelKey   = regexp.MustCompile(`^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$`)
	labelValue = regexp.MustCompile(`^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$`)
)

// checkShapes finds what the API server would refuse: fields that there are not,
// values of the wrong type, two objects of one name.
func checkShapes(t *testing.T, manifests []object) {
	t.Helper()
	seen := map[string]bool{}
	for _, o := range manifests {
		name := o.text("kind") + " " + o.text("metadata", "name")
		shape, ok := kinds[o.text("apiVersion")+" "+o.text("kind")]
		if !ok || seen[name] {
			t.Errorf("%s of %s: no such kind here, or there twice", name, o.text("apiVersion"))
			continue
		}
		seen[name] = true
		for _, wrong := range misshapen(name, shape, map[string]any(o)) {
			t.Error(wrong)
		}
	}
}

func misshapen(path, shape string, value any) (found []string) {
	bad := func(format string, args ...any) []string {
		return []string{path + ": " + fmt.Sprintf(format, args...)}
	}
	if item, isList := strings.CutPrefix(shape, "[]"); isList {
		list, ok := value.([]any)
		if !ok || len(list) == 0 {
			return bad("%v is no list, or has nothing in it", value)
		}
		for i, one := range list {
			found = append(found, misshapen(fmt.Sprintf("%s[%d]", path, i), item, one)...)
		}
		return found
	}
	text, isText := value.(string)
	members, isMap := value.(map[string]any)
	_, isInt := value.(int)
	_, isBool := value.(bool)
	switch {
	case shape == "any", shape == "int" && isInt, shape == "bool" && isBool, shape == "portOrNumber" && isInt:
		return nil
	case shape == "portOrNumber":
		return misshapen(path, "port", value)
	case (shape == "{}" || shape == "labels") && isMap:
		for key, v := range members {
			text, ok := v.(string)
			if !ok || shape == "labels" && (!labelKey.MatchString(key) || !labelValue.MatchString(text)) {
				found = append(found, bad("%s: %v is no text, or no label", key, v)...)
			}
		}
		return found
	case forms[shape] != nil && isText:
		if !forms[shape].MatchString(text) {
			return bad("%q is no %s", text, shape)
		}
		return nil
	case shapes[shape] == "" || !isMap:
		return bad("%v (%T) is no %s", value, value, shape)
	}
	return append(found, misshapenFields(path, shape, members)...)
}

func misshapenFields(path, shape string, members map[string]any) (found []string) {
	rest := maps.Clone(members)
	for field := range strings.SplitSeq(shapes[shape], ", ") {
		name, inside, _ := strings.Cut(field, " ")
		name, required := strings.CutSuffix(name, "!")
		value, there := members[name]
		delete(rest, name)
		switch {
		case there:
			found = append(found, misshapen(path+"."+name, inside, value)...)
		case required:
			found = append(found, fmt.Sprintf("%s: %s is missing", path, name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(rest)) {
		found = append(found, fmt.Sprintf("%s: there is no field %s here", path, name))
	}
	return found
}

// TestShapesFindWhatIsWrong: a check that finds nothing proves nothing.
func TestShapesFindWhatIsWrong(t *testing.T) {
	type m = map[string]any
	for want, service := range map[string]m{
		"there is no field clusterip":  {"clusterip": "x"},
		"is no int":                    {"ports": []any{m{"port": "80"}}},
		"has nothing in it":            {"ports": []any{}},
		"selector is missing":          {"type": "ClusterIP"},
		`"HTTP" is no port`:            {"ports": []any{m{"port": 80, "name": "HTTP"}}},
		"is no text, or no label":      {"selector": m{"a b": "c"}},
		"ports[0]: port is missing":    {"ports": []any{m{"name": "http"}}},
		"1 is no text, or no label":    {"selector": m{"a": 1}},
		"is no list":                   {"ports": m{}},
		"x.type: 1 (int) is no text":   {"type": 1},
		"x.selector: <nil> (<nil>) is": {"selector": nil},
	} {
		if got := strings.Join(misshapen("x", "ServiceSpec", service), "\n"); !strings.Contains(got, want) {
			t.Errorf("%v: got %q, want %q", service, got, want)
		}
	}
}
