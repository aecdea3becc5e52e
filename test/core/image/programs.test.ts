import { expect, test } from "vitest";
import { readDockerfile } from "../../../server/src/core/image/dockerfile";
import type { Image } from "../../../server/src/core/image/image";
import { anyCommand, commandsOf, commandsThat, ofScript } from "../../../server/src/core/image/programs";

const steps = "RUN rm -f /a && ln -s /b /c\nRUN /bin/ln -s d e; rm g\n";
const imageOf = (text: string) => readDockerfile(text).image() as Image;
const written = ({ text }: Image, commands: readonly { readonly span: { start: number; end: number } }[]) =>
  commands.map(({ span }) => text.slice(span.start, span.end));

test("Finds commands by their program, in the order of the file", () => {
  const image = imageOf(`FROM debian:12\n${steps}`);
  expect(written(image, commandsOf(image, "ln"))).toEqual(["ln -s /b /c", "/bin/ln -s d e"]);
  expect(written(image, commandsOf(image, "ln", "rm"))).toEqual([
    "rm -f /a",
    "ln -s /b /c",
    "/bin/ln -s d e",
    "rm g",
  ]);
  expect(commandsOf(image, "touch")).toEqual([]);
  expect(commandsOf(image, "rm")[0]).toBe(image.commands[0]);
});

test("Works out a fact of a step once, wherever the step stands", () => {
  let asked = 0;
  const isLink = ({ words }: { readonly words: readonly (string | undefined)[] }) => {
    asked++;
    return words[0] === "ln";
  };
  const [any, that] = [anyCommand(isLink), commandsThat(isLink)];
  const [first, second] = [imageOf(`FROM debian:12\n${steps}`), imageOf(`# moved\nFROM debian:12\n${steps}`)];
  expect([any(first), any(second)]).toEqual([true, true]);
  expect(written(first, that(first))).toEqual(["ln -s /b /c"]);
  const before = asked;
  expect(written(second, that(second))).toEqual(["ln -s /b /c"]);
  expect(asked).toBe(before);
});

test("A step whose variables changed is another one", () => {
  const words = ofScript((script) => script.map((command) => command.words.join(" ")));
  const of = (value: string) => imageOf(`FROM debian:12\nENV A=${value}\nRUN touch $A\n`).runs.map(words);
  expect([of("x"), of("y")]).toEqual([[["touch x"]], [["touch y"]]]);
});
