import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Only `/run`, `/run/lock` and `/tmp` are writable.",
    files: debianImage,
    source: text`
      ${service}
          read_only: true
      #              ^^^^ found: /var/log
          security_opt: [writable-cgroups=true]
          tmpfs:
            - /run
            - /run/lock
            - /tmp:exec,mode=1777
    `,
    fixed: text`
      ${service}
          read_only: true
          security_opt: [writable-cgroups=true]
          tmpfs:
            - /run
            - /run/lock
            - /tmp:exec,mode=1777
            - /var/log
            - /var/lib/systemd
            - /var/tmp
    `,
    boot: { before: { state: "degraded" }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "A volume makes `/var` writable.",
    files: debianImage,
    source: text`
      ${service}
          read_only: true
          security_opt: [writable-cgroups=true]
          volumes:
            - var:/var
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
      volumes:
        var:
    `,
  },
];
