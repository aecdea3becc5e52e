import { type Argument, type Message, message } from "../base/message";
import type { Edit, Span } from "../base/text";
import type { Grade } from "../boot/grade";
import type { ContainerSpec, SpecChange } from "../container/spec";
import { isPlan } from "../plan/plan";
import type { LaunchPlan } from "../plan/types";
import type { ContainerSubject, ImageSubject } from "../project/subject";

/** error: does not boot or takes over the host · warning: boots and misbehaves · information: advice · hint: style. */
export type Severity = "error" | "warning" | "information" | "hint";

/** The place of a severity among all, the most severe first: 0 for an error. */
export function rank(severity: Severity): number {
  return ["error", "warning", "information", "hint"].indexOf(severity);
}

/** Whether Fix All should fix a finding, if it can; with `hints` also a hint. */
export function isAsked(
  { ownSeverity }: Finding,
  { hints = false }: { readonly hints?: boolean } = {},
): boolean {
  return hints || rank(ownSeverity) < rank("hint");
}

/** An edit of another file than the linted one has its URI. `create` creates the file first. */
export interface FileEdit extends Edit {
  readonly uri?: string;
  readonly create?: boolean;
}

/**
 * A fix. Fix All applies `safe` fixes: they never stop a container from booting, and never give it more access.
 * The others are suggestions.
 */
export interface Fix {
  readonly title: Message;
  readonly safe: boolean;
  readonly edits: readonly FileEdit[];
  /** The changes of the container's options, if the edits change them; those of a new file start from no options. */
  readonly steps?: readonly SpecChange[];
  /** What the container has before the edits, if that is less than what it is judged with. */
  readonly before?: ContainerSpec;
  /** The run that it fixes, and all runs of the file that its edits change: several if they share something. */
  readonly reach?: { readonly run: string; readonly runs: readonly string[] };
  /** The same fix in the part that the run shares with others, if this one does not change that part. */
  readonly shared?: Fix;
}

/**
 * A report of a rule. Several fixes are alternatives, the preferred one first. They are read only if fixes are
 * requested, so fixes that are slow to compute are a getter.
 */
export interface Violation {
  readonly span: Span;
  readonly message: Message;
  readonly severity?: Severity;
  readonly fixes?: readonly (Fix | undefined)[];
  readonly related?: readonly { readonly uri: string; readonly span: Span; readonly message: Message }[];
}

/** A finding as the shells show it. */
export interface Finding {
  readonly rule: string;
  readonly span: Span;
  /** The stages or services that it is about, by name; none for a finding about a comment. */
  readonly subjects: readonly string[];
  /** The severity that is shown: the rule's, unless the user's settings set another. */
  readonly severity: Severity;
  /** The rule's severity, which decides whether Fix All applies. */
  readonly ownSeverity: Severity;
  /** How certain it is that systemd boots there, and why; absent for a rule about the build. */
  readonly grade?: Grade;
  readonly reason?: Message;
  readonly message: Message;
  readonly fixes: readonly Fix[];
  readonly related: readonly { readonly uri: string; readonly span: Span; readonly message: Message }[];
}

/**
 * The evidence for a rule. `measured`: the boots that showed the fault. `sourced`: where it is documented, and why
 * no engine of the lab can show it.
 */
export type Evidence = { readonly measured: string } | { readonly sourced: string; readonly why: string };

/** The symptom that a reader sees. */
export type Symptom =
  | "build"
  | "not-started"
  | "exit-255"
  | "exit-1"
  | "killed-on-stop"
  | "degraded"
  | "hindered"
  | "login-refused"
  | "empty-log"
  | "no-effect"
  | "boots-too-far"
  | "host-access";

/** English templates by name. Each place `{name}` of one is an argument. */
type Templates = Readonly<Record<string, string>>;

interface RuleText<Messages extends Templates = Templates, Fixes extends Templates = Templates> {
  readonly id: string;
  readonly title: string;
  /** Markdown: what happens and why, for a reader new to systemd in containers. */
  readonly why: string;
  /** What happens to a container that has the fault, in one sentence. */
  readonly consequence: string;
  /** The index of the pages lists the rule under these. */
  readonly symptoms: readonly [Symptom, ...Symptom[]];
  /** When the rule can be disabled, in one sentence. */
  readonly ignore: string;
  /** The severity of a report that sets none. */
  readonly severity: Severity;
  readonly off?: boolean;
  /** Also checked if systemd is not known to boot; the rule then decides whether it applies. */
  readonly always?: boolean;
  /** It is about containers that are stopped or started again, not about those that a test removes. */
  readonly lasting?: boolean;
  /** It is also true of a container that a kubelet starts. */
  readonly pods?: boolean;
  /** It is about the build of the image, whatever the image starts: its findings have no grade. */
  readonly buildTime?: boolean;
  readonly evidence: Evidence;
  readonly sources?: readonly string[];
  /** The messages of the rule; the key of a message is `<id>.<name>`. */
  readonly messages: Messages;
  /** The titles of its fixes, with keys of the same form. */
  readonly fixes?: Fixes;
}

/** The names of the places in a template. */
type Place<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Place<Rest>
  : never;

type Arguments<Template extends string> = [Place<Template>] extends [never]
  ? []
  : [args: Readonly<Record<Place<Template>, Argument>>];

/** Makes a message or a title of the rule: `say("missing", { path })`. The compiler checks names and arguments. */
export type SayOf<Texts extends Templates> = <Name extends keyof Texts & string>(
  name: Name,
  ...args: Arguments<Texts[Name]>
) => Message;

export interface ImageRule extends RuleText {
  readonly subject: "image";
  check(subject: ImageSubject): Iterable<Violation>;
}

export interface ContainerRule extends RuleText {
  readonly subject: "run";
  check(subject: ContainerSubject): Iterable<Violation>;
  /** Checks the Dockerfile if nothing in the workspace starts the image. */
  checkImage?(subject: ImageSubject): Iterable<Violation>;
}

export type Rule = ImageRule | ContainerRule;

/** A rule as its file defines it: its check gets a function for the rule's texts, each of which has one name. */
interface Written<Subject, Messages extends Templates, Fixes extends Templates>
  extends RuleText<Messages, Fixes> {
  readonly fixes?: Fixes & { readonly [Name in keyof Messages]?: never };
  check(subject: Subject, say: SayOf<Messages & Fixes>): Generator<Violation, void>;
}

interface WrittenForBoth<Messages extends Templates, Fixes extends Templates>
  extends Written<ContainerSubject, Messages, Fixes> {
  checkImage?(subject: ImageSubject, say: SayOf<Messages & Fixes>): Generator<Violation, void>;
}

/** A rule without titles of fixes. */
type Untitled = Readonly<Record<never, string>>;

/** A rule that checks a Dockerfile's effective image. */
export function imageRule<const Messages extends Templates, const Fixes extends Templates = Untitled>(
  rule: Written<ImageSubject, Messages, Fixes>,
): ImageRule {
  const say = sayer(rule);
  return { ...rule, subject: "image", check: (subject) => rule.check(subject, say) };
}

/** A rule that checks a container's start, in any kind of file. */
export function containerRule<const Messages extends Templates, const Fixes extends Templates = Untitled>(
  rule: WrittenForBoth<Messages, Fixes>,
): ContainerRule {
  const say = sayer(rule);
  const { checkImage } = rule;
  return {
    ...rule,
    subject: "run",
    check: (subject) => rule.check(subject, say),
    checkImage: checkImage && ((subject) => checkImage(subject, say)),
  };
}

/** A subject that is known to have a plan. */
export type Planned<Subject> = Subject & { readonly plan: LaunchPlan };

/** A rule that compares an image with its plan. Without a plan it reports nothing. */
export function plannedImageRule<const Messages extends Templates, const Fixes extends Templates = Untitled>(
  rule: Written<Planned<ImageSubject>, Messages, Fixes>,
): ImageRule {
  const say = sayer(rule);
  return {
    ...rule,
    subject: "image",
    check: (subject) => (isPlanned(subject) ? rule.check(subject, say) : []),
  };
}

/** A rule that compares a container's start with its plan. Without a plan it reports nothing. */
export function plannedContainerRule<
  const Messages extends Templates,
  const Fixes extends Templates = Untitled,
>(rule: Written<Planned<ContainerSubject>, Messages, Fixes>): ContainerRule {
  const say = sayer(rule);
  return {
    ...rule,
    subject: "run",
    check: (subject) => (isPlanned(subject) ? rule.check(subject, say) : []),
  };
}

function isPlanned<Subject extends ImageSubject | ContainerSubject>(
  subject: Subject,
): subject is Planned<Subject> {
  return isPlan(subject.plan);
}

function sayer<Messages extends Templates, Fixes extends Templates>(
  rule: RuleText<Messages, Fixes>,
): SayOf<Messages & Fixes> {
  const texts = { ...rule.messages, ...rule.fixes } as Messages & Fixes;
  return (name, ...[args]) =>
    message(`${rule.id}.${name}`, texts[name] as (Messages & Fixes)[typeof name], args);
}
