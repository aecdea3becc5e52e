import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runNetworkHost = containerRule({
  id: "run-network-host",
  title: "A network of its own",
  severity: "information",
  why: `
    In the host's network the services of the container bind the host's ports: its sshd meets the host's on
    port 22. Whatever manages a network (systemd-networkd, NetworkManager, a firewall) works on the host's
    interfaces and rules. A network of the engine with published ports keeps them apart.
  `,
  consequence: "It boots; services collide with the host's ports, or change the host's network.",
  symptoms: ["hindered", "host-access"],
  ignore: "The container manages the host's network, or its services own the host's ports on purpose.",
  evidence: {
    sourced: "Docker documentation, host network driver",
    why: "what collides depends on the host's own services.",
  },
  messages: {
    found:
      "In the host's network services meet the host's ports (sshd on 22), and networkd or a firewall works on the host's interfaces.",
  },
  *check({ source }, say) {
    if (source.spec.network !== "host") return;
    yield { span: placeOf(source, { key: "network" }), message: say("found") };
  },
});
