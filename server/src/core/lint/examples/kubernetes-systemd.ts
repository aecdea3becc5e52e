import type { Examples } from "../example";
import { text } from "./blocks";

export const examples: Examples = [
  {
    says: "Nothing is mounted on `/run`.",
    file: "pod.yaml",
    source: text`
      apiVersion: v1
      kind: Pod
      metadata:
        name: web
      spec:
        hostUsers: false
        runtimeClassName: systemd
        containers:
          - name: web
      #           ^^^ mounts: /run
            image: registry.access.redhat.com/ubi9/ubi-init:latest
            command: [/sbin/init]
    `,
    fixed: text`
      apiVersion: v1
      kind: Pod
      metadata:
        name: web
      spec:
        hostUsers: false
        runtimeClassName: systemd
        containers:
          - name: web
            image: registry.access.redhat.com/ubi9/ubi-init:latest
            command: [/sbin/init]
            volumeMounts:
              - name: run
                mountPath: /run
              - name: run-lock
                mountPath: /run/lock
        volumes:
          - name: run
            emptyDir:
              medium: Memory
          - name: run-lock
            emptyDir:
              medium: Memory
    `,
  },
  {
    says: "A runtime class with writable cgroups replaces privileged mode and the node's cgroup tree.",
    file: "pod.yaml",
    source: text`
      apiVersion: v1
      kind: Pod
      metadata:
        name: web
      spec:
        hostUsers: false
        runtimeClassName: systemd
        terminationGracePeriodSeconds: 90
        containers:
          - name: web
            image: registry.access.redhat.com/ubi9/ubi-init:latest
            command: [/sbin/init]
            volumeMounts:
              - { name: run, mountPath: /run }
              - { name: lock, mountPath: /run/lock }
              - { name: tmp, mountPath: /tmp }
        volumes:
          - { name: run, emptyDir: { medium: Memory } }
          - { name: lock, emptyDir: { medium: Memory } }
          - { name: tmp, emptyDir: { medium: Memory } }
    `,
  },
];
