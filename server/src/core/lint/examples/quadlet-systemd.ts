import type { Examples } from "../example";
import { text } from "./blocks";

const target = { engine: "podman", version: "5.8.6", cgroupVersion: 2 } as const;

export const examples: Examples = [
  {
    says: "`Restart=` is a systemd key, not a Quadlet key.",
    file: "web.container",
    target,
    source: text`
      [Container]
      Image=registry.access.redhat.com/ubi9/ubi-init:latest
      Restart=always
      #<<<<<<<<<<<<< key: Restart
      PublishPort=8080:80

      [Install]
      WantedBy=default.target
    `,
    fixed: text`
      [Container]
      Image=registry.access.redhat.com/ubi9/ubi-init:latest
      PublishPort=8080:80

      [Install]
      WantedBy=default.target

      [Service]
      Restart=always
    `,
  },
  {
    says: "Quadlet has no key for Podman's systemd mode.",
    file: "web.container",
    target,
    source: text`
      [Container]
      Image=registry.access.redhat.com/ubi9/ubi-init:latest
      Systemd=always
      #<<<<<<<<<<<<< key: Systemd
    `,
    fixed: text`
      [Container]
      Image=registry.access.redhat.com/ubi9/ubi-init:latest
      PodmanArgs=--systemd=always
    `,
  },
  {
    says: "The key has a typo.",
    file: "web.container",
    target,
    source: text`
      [Container]
      Image=registry.access.redhat.com/ubi9/ubi-init:latest
      Hostnmae=web
      #<<<<<<<<<<< key: Hostnmae
    `,
    fixed: text`
      [Container]
      Image=registry.access.redhat.com/ubi9/ubi-init:latest
      HostName=web
    `,
  },
  {
    says: "Quadlet does not support this service type.",
    file: "web.container",
    target,
    source: text`
      [Container]
      Image=registry.access.redhat.com/ubi9/ubi-init:latest

      [Service]
      Type=simple
      #<<<<<<<<<< value: Type=simple
      TimeoutStartSec=300
    `,
    fixed: text`
      [Container]
      Image=registry.access.redhat.com/ubi9/ubi-init:latest

      [Service]
      TimeoutStartSec=300
    `,
  },
  {
    says: "systemd's stop timeout is shorter than Podman's.",
    file: "web.container",
    target,
    source: text`
      [Container]
      Image=registry.access.redhat.com/ubi9/ubi-init:latest
      StopTimeout=60

      [Service]
      TimeoutStopSec=30s
      #<<<<<<<<<<<<<<<<< limit: 30
    `,
    fixed: text`
      [Container]
      Image=registry.access.redhat.com/ubi9/ubi-init:latest
      StopTimeout=60

      [Service]
      TimeoutStopSec=70
    `,
  },
  {
    says: "Correct: the service counts as started when systemd in the container has booted, and the container has enough time to stop.",
    file: "web.container",
    target,
    source: text`
      [Container]
      Image=registry.access.redhat.com/ubi9/ubi-init:latest
      Notify=true
      StopTimeout=60

      [Service]
      Restart=always

      [Install]
      WantedBy=default.target
    `,
  },
];
