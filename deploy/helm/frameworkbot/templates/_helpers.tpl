{{- define "frameworkbot.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "frameworkbot.fullname" -}}
{{- $name := include "frameworkbot.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "frameworkbot.selector" -}}
app.kubernetes.io/name: {{ include "frameworkbot.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "frameworkbot.labels" -}}
{{ include "frameworkbot.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "frameworkbot.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "frameworkbot.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "frameworkbot.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{/* "true" if somebody calls the bot, empty if it dials. */}}
{{- define "frameworkbot.isCalled" -}}
{{- if or (and .Values.slack.enabled (eq .Values.slack.mode "http")) (and .Values.discord.enabled (eq .Values.discord.mode "http")) -}}
true
{{- end -}}
{{- end -}}

{{/* "true" if two processes would both be told of the same message. */}}
{{- define "frameworkbot.mustBeAlone" -}}
{{- if and .Values.discord.enabled (eq .Values.discord.mode "gateway") -}}
true
{{- end -}}
{{- end -}}

{{/* The folders of pages, separated by commas; a later one wins. */}}
{{- define "frameworkbot.dirs" -}}
{{- $dirs := list -}}
{{- if .Values.content.existingClaim -}}
{{- $dirs = append $dirs "/content/volume" -}}
{{- end -}}
{{- if .Values.content.git.enabled -}}
{{- $dirs = append $dirs (printf "/content/git/root/current/%s" .Values.content.git.path | trimSuffix "/") -}}
{{- end -}}
{{- range .Values.content.existingConfigMaps -}}
{{- $dirs = append $dirs (printf "/content/maps/%s" .) -}}
{{- end -}}
{{- if .Values.content.pages -}}
{{- $dirs = append $dirs "/content/pages" -}}
{{- end -}}
{{- join "," $dirs -}}
{{- end -}}

{{/* What is wrong with values that are fine one by one. */}}
{{- define "frameworkbot.check" -}}
{{- if and (include "frameworkbot.mustBeAlone" .) (gt (int .Values.replicaCount) 1) -}}
{{- fail "replicaCount is more than 1 while discord.mode is gateway: each of them would answer. Use one replica, or mode http" -}}
{{- end -}}
{{- if and .Values.slack.enabled (not .Values.slack.existingSecret) -}}
{{- fail "slack.enabled needs slack.existingSecret, the name of a Secret with the tokens" -}}
{{- end -}}
{{- if and .Values.discord.enabled (not .Values.discord.existingSecret) -}}
{{- fail "discord.enabled needs discord.existingSecret, the name of a Secret with the token" -}}
{{- end -}}
{{- if and .Values.discord.enabled (eq .Values.discord.mode "http") (not .Values.discord.publicKey) -}}
{{- fail "discord.mode http needs discord.publicKey" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not (include "frameworkbot.isCalled" .)) -}}
{{- fail "ingress.enabled is of use only in mode http: nobody calls the bot otherwise" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) -}}
{{- fail "ingress.enabled needs ingress.host" -}}
{{- end -}}
{{- if and .Values.content.git.enabled (not .Values.content.git.repository) -}}
{{- fail "content.git.enabled needs content.git.repository" -}}
{{- end -}}
{{- if and (not .Values.content.builtin) (not (include "frameworkbot.dirs" .)) -}}
{{- fail "content.builtin is false and there are no other pages: there would be nothing to answer from" -}}
{{- end -}}
{{- end -}}

{{/* The environment of git-sync; the first time it ends once it has the pages. */}}
{{- define "frameworkbot.gitEnv" -}}
- {name: GITSYNC_REPO, value: {{ .Values.content.git.repository | quote }}}
- {name: GITSYNC_REF, value: {{ .Values.content.git.ref | quote }}}
- {name: GITSYNC_ROOT, value: /content/git/root}
- {name: GITSYNC_LINK, value: current}
- {name: GITSYNC_DEPTH, value: "1"}
{{- if .Values.content.git.existingSecret }}
{{- if eq .Values.content.git.auth "ssh" }}
- {name: GITSYNC_SSH_KEY_FILE, value: /etc/git-secret/ssh}
- {name: GITSYNC_SSH_KNOWN_HOSTS_FILE, value: /etc/git-secret/known_hosts}
{{- else }}
- name: GITSYNC_USERNAME
  valueFrom:
    secretKeyRef: {name: {{ .Values.content.git.existingSecret | quote }}, key: username}
- {name: GITSYNC_PASSWORD_FILE, value: /etc/git-secret/password}
{{- end }}
{{- end }}
{{- end -}}

{{- define "frameworkbot.gitSecurity" -}}
runAsUser: 65533 # the image has this one, and no other
runAsGroup: 65533
{{ include "frameworkbot.security" . }}
{{- end -}}

{{- define "frameworkbot.gitMounts" -}}
- {name: git, mountPath: /content/git}
- {name: git-tmp, mountPath: /tmp}
{{- if .Values.content.git.existingSecret }}
- {name: git-secret, mountPath: /etc/git-secret, readOnly: true}
{{- end }}
{{- end -}}

{{- define "frameworkbot.security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}
