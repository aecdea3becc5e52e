import type { Examples } from "../example";
import { debianImage, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The Dockerfile starts init, but the dev container runs a shell loop in its place.",
    file: "devcontainer.json",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      {
        "build": { "dockerfile": "Dockerfile" },
      #                          ^^^^^^^^^^^^ found: overrideCommand
        "containerUser": "root",
        "runArgs": ["-t", "--tmpfs=/run", "--tmpfs=/run/lock"],
        "securityOpt": ["writable-cgroups=true"]
      }
    `,
    fixed: text`
      {
        "build": { "dockerfile": "Dockerfile" },
        "containerUser": "root",
        "runArgs": ["-t", "--tmpfs=/run", "--tmpfs=/run/lock"],
        "securityOpt": ["writable-cgroups=true"],
        "overrideCommand": false
      }
    `,
  },
  {
    says: "A dev container that does not boot systemd can run any command.",
    file: "devcontainer.json",
    files: { Dockerfile: "FROM debian:12\nRUN apt-get update\n" },
    source: text`
      {
        "build": { "dockerfile": "Dockerfile" }
      }
    `,
  },
];
