import type { Examples } from "../example";
import { debian, service, settings, text } from "./blocks";

const init = {
  Dockerfile: text`
    ${debian}
    ${settings}
    ENTRYPOINT ["/sbin/init"]
  `,
};

const started = text`
  ${service}
      security_opt: [writable-cgroups=true]
      tmpfs: [/run, /run/lock]
`;

export const examples: Examples = [
  {
    says: "The image's `ENTRYPOINT` is init, so the command is only an argument to init.",
    files: init,
    source: text`
      ${service}
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
          command: nginx -g "daemon off;"
      #            ^^^^^^^^^^^^^^^^^^^^^^ program
    `,
    fixed: started,
    fixedFiles: {
      Dockerfile: text`
        ${debian}
        ${settings}
        COPY run-nginx.service /etc/systemd/system/
        RUN systemctl enable run-nginx.service
        ENTRYPOINT ["/sbin/init"]
      `,
      "run-nginx.service": `
        [Unit]
        Description=nginx

        [Service]
        Type=exec
        Restart=on-failure
        ExecStart=/usr/bin/env nginx -g "daemon off;"

        [Install]
        WantedBy=multi-user.target
      `,
    },
  },
  {
    says: "The command contains a systemd option.",
    files: init,
    source: text`
      ${service}
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
          command: --log-level=info
    `,
  },
];
