import { expect, test } from "vitest";
import { bootImage, plannedRun } from "../lab/prove/start";
import { expand, readSnippets } from "../snippets/snippet";
import { useEngine } from "./setup";

const setup = useEngine("docker@28/v2", []);

/** What a person gets who accepts the defaults. The lab has the images of Debian. */
const ofDebian = readSnippets("dockerfile.json")
  .map(({ name, body }) => ({ name, text: expand(body)[0] ?? "" }))
  .filter(({ text }) => text.startsWith("FROM debian:"));

test.for(ofDebian)("the snippet $name boots", async ({ text }, context) => {
  const { lab } = setup(context);
  const project = { path: "Dockerfile", files: { Dockerfile: text, authorized_keys: "" } };
  const booted = await bootImage(lab, project, plannedRun(project, lab.facts));
  expect(booted, booted.log).toMatchObject({ state: "running", failedUnits: [], stop: { exitCode: 0 } });
});

test("there are such snippets", () => {
  expect(ofDebian.length).toBeGreaterThan(1);
});
