import { isReboot, isRightSignal, rightSignal } from "../../systemd/signal";
import { editFix, everyRun, onPodman, programSpan } from "../queries/shared";
import { imageRule } from "../rule";

export const imageStopSignal = imageRule({
  id: "image-stop-signal",
  title: "Stop systemd with the signal it halts on",
  severity: "warning",
  why: `
    An engine stops a container by sending PID 1 a signal, SIGTERM unless the image names another. To
    systemd SIGTERM means "re-execute yourself": it does not stop. Ten seconds later the engine kills it,
    and services have no chance to write what they hold in memory. \`SIGRTMIN+3\` asks for halt.target,
    which stops every unit in order.
  `,
  consequence: "`docker stop` takes 10 seconds and ends in SIGKILL with exit code 137.",
  symptoms: ["killed-on-stop"],
  ignore:
    "Containers of the image are always killed, as test tools do, or every run sets `stop_signal` in a way that is not seen here.",
  evidence: {
    measured:
      "SIGTERM and SIGPWR on Docker 20.10 and 28.5: 10 s, exit 137. SIGRTMIN+3, SIGRTMIN+4 and 37: 0.2 s, exit 0. " +
      "SIGINT: 0.2 s, exit 0, as a reboot. Podman 5.8 with SIGTERM: 10 s, exit 137; without STOPSIGNAL: 0.3 s, exit 0.",
  },
  sources: ["systemd(1), section Signals"],
  messages: {
    missing:
      "No STOPSIGNAL: the engine sends SIGTERM, which systemd does not halt on, and kills it after 10 seconds (exit 137). Set STOPSIGNAL {right}.",
    unknown:
      "No STOPSIGNAL here. Unless the base image sets one, the engine sends SIGTERM, which systemd does not halt on, and kills it after 10 seconds (exit 137). Set STOPSIGNAL {right}.",
    wrong: "systemd does not halt on {signal}: the engine kills it after 10 seconds (exit 137). Use {right}.",
    reboot: "{signal} makes systemd stop in order, but as a reboot. {right} asks for a halt.",
  },
  fixes: {
    fix: "Set STOPSIGNAL {right}",
  },
  *check(subject, say) {
    if (everyRun(subject, ({ stopSignal }) => isRightSignal(stopSignal ?? ""))) return;
    const { image, boot } = subject;
    const fix = editFix(image.edit.setStopSignal(rightSignal), say("fix", { right: rightSignal }), true);
    const known = image.stopSignal?.value ?? image.base?.stopSignal;
    if (known === undefined) {
      // Podman sends the right signal by itself, but not in place of one that the image names.
      if (onPodman(subject)) return;
      // A base image that nobody knows may set the signal itself; an empty one sets nothing.
      const base = image.base !== undefined || image.baseReference?.toLowerCase() === "scratch";
      const severity = base && boot.boots === "certain" ? "warning" : "hint";
      yield {
        span: programSpan(subject),
        severity,
        message: say(base ? "missing" : "unknown", { right: rightSignal }),
        fixes: [fix],
      };
      return;
    }
    if (isRightSignal(known)) return;
    yield {
      span: image.stopSignal?.span ?? programSpan(subject),
      severity: isReboot(known) ? "information" : "warning",
      message: say(isReboot(known) ? "reboot" : "wrong", { signal: known, right: rightSignal }),
      fixes: [fix],
    };
  },
  examples: [
    {
      says: "Without STOPSIGNAL the engine sends SIGTERM.",
      source: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN systemctl set-default multi-user.target && : > /etc/machine-id
        CMD ["/sbin/init"]
        #    ^^^^^^^^^^^^ kills it after 10 seconds
      `,
      fixed: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN systemctl set-default multi-user.target && : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
      boot: {
        before: { state: "running", stopCode: 137 },
        after: { state: "running", stopCode: 0 },
      },
    },
    {
      says: "Another signal is written out.",
      source: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN systemctl set-default multi-user.target && : > /etc/machine-id
        STOPSIGNAL SIGTERM
        #          ^^^^^^^ does not halt on SIGTERM
        CMD ["/sbin/init"]
      `,
      fixed: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN systemctl set-default multi-user.target && : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
    },
    {
      says: "Podman needs no STOPSIGNAL, but a wrong one wins over its own.",
      target: { engine: "podman", version: "5.8.6", cgroupVersion: 2 },
      source: `
        FROM debian:12
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN systemctl set-default multi-user.target && : > /etc/machine-id
        STOPSIGNAL SIGTERM
        #          ^^^^^^^ does not halt on SIGTERM
        CMD ["/sbin/init"]
      `,
      fixed: `
        FROM debian:12
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN systemctl set-default multi-user.target && : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
      boot: {
        before: { state: "running", stopCode: 137 },
        after: { state: "running", stopCode: 0 },
      },
    },
    {
      says: "Where Podman runs it, no STOPSIGNAL is right.",
      target: { engine: "podman", version: "5.8.6", cgroupVersion: 2 },
      source: `
        FROM debian:12
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN systemctl set-default multi-user.target && : > /etc/machine-id
        CMD ["/sbin/init"]
      `,
    },
    {
      says: "The number of the signal is right too.",
      source: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN systemctl set-default multi-user.target && : > /etc/machine-id
        STOPSIGNAL 37
        CMD ["/sbin/init"]
      `,
    },
    {
      says: "Whatever starts the image sets the signal.",
      files: {
        "compose.yaml": `
          services:
            example:
              build: .
              tty: true
              stop_signal: SIGRTMIN+3
              security_opt: [writable-cgroups=true]
              tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
        `,
      },
      source: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN systemctl set-default multi-user.target && : > /etc/machine-id
        CMD ["/sbin/init"]
      `,
    },
  ],
});
