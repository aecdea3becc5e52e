import { expect, test } from "vitest";
import { workingFolder } from "./terminal";

const { cli, write } = workingFolder();

const image = "geerlingguy/docker-debian12-ansible";
const play = `- hosts: all\n  tasks:\n    - docker_container:\n        image: ${image}\n`;

test("of the YAML files in a directory, those that look like a kind are linted, beside a file of another kind", () => {
  write("compose.yaml", "services: {}\n");
  write("play.yml", play);
  write("values.yaml", "a: { b\n");
  write("services.yaml", `services:\n  a:\n    image: ${image}\n`);
  write("alone/play.yml", play);
  const { out, err } = cli("lint", ".");
  expect(err).toBe("");
  const files = out.match(/^[\w./]+\.ya?ml(?=:)/gm) ?? [];
  expect([...new Set(files)]).toEqual(["play.yml"]);
});

test("one that is named is linted by its content", () => {
  write("alone/play.yml", play);
  write("services.yaml", `services:\n  a:\n    image: ${image}\n`);
  expect(cli("lint", "alone/play.yml").out).toContain("run-stop-signal");
  expect(cli("lint", "services.yaml").out).toContain("run-stop-signal");
});
