import type { Examples } from "../example";
import { debian, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The dashes are missing.",
    source: text`
      ${debian}
      ${settings}
      ENTRYPOINT ["/lib/systemd/systemd"]
      CMD ["log-level=info", "unit=sysinit.target"]
      #    ^^^^^^^^^^^^^^^^ dashes
      #                      ^^^^^^^^^^^^^^^^^^^^^ unit
    `,
    fixed: text`
      ${debian}
      ${settings}
      ENTRYPOINT ["/lib/systemd/systemd"]
      CMD ["--log-level=info"]
    `,
    boot: {
      before: { state: "running", log: "Reached target multi-user.target" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "No shell is there to run a second command; enable the service in a RUN.",
    source: text`
      ${debian}
      ${settings}
      CMD ["/lib/systemd/systemd", "&&", "systemctl", "enable", "--now", "ssh"]
      #                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ shell
    `,
    fixed: text`
      ${debian}
      ${settings}
      CMD ["/lib/systemd/systemd"]
    `,
  },
  {
    says: "Options, and words of the kernel's command line.",
    source: text`
      ${debian}
      ${settings}
      ENTRYPOINT ["/lib/systemd/systemd"]
      CMD ["--log-level=info", "systemd.journald.forward_to_console=1", "quiet", "--", "unit=x"]
    `,
  },
];
