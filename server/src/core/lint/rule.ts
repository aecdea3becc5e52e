import { type Argument, type Message, message } from "../base/message";
import type { Edit, Span } from "../base/text";
import type { Grade } from "../boot/grade";
import type { ContainerSpec, SpecChange } from "../container/spec";
import { isPlan } from "../plan/plan";
import type { LaunchPlan } from "../plan/types";
import type { ContainerSubject, ImageSubject } from "../project/subject";

/**
 * error: does not boot or takes over the host · warning: boots but misbehaves · information: advice · hint: style.
 */
export type Severity = "error" | "warning" | "information" | "hint";

/** The position of a severity, starting with the most severe: 0 for an error. */
export function rank(severity: Severity): number {
  return ["error", "warning", "information", "hint"].indexOf(severity);
}

/** Whether Fix All should fix a finding if a fix exists. Hints are included only with `hints`. */
export function isAsked(
  { ownSeverity }: Finding,
  { hints = false }: { readonly hints?: boolean } = {},
): boolean {
  return hints || rank(ownSeverity) < rank("hint");
}

/** An edit of a file. `uri` is absent if it is the linted file; `create` creates the file first. */
export interface FileEdit extends Edit {
  readonly uri?: string;
  readonly create?: boolean;
}

/**
 * A fix. Fix All applies only `safe` fixes, which never stop a container from booting and never give it more access.
 * Other fixes are suggestions.
 */
export interface Fix {
  readonly title: Message;
  readonly safe: boolean;
  readonly edits: readonly FileEdit[];
  /**
   * The changes to the container's options, if the edits change them. For a new file, they are relative to a
   * container without options.
   */
  readonly steps?: readonly SpecChange[];
  /** The options that the container has before the edits, if it is linted with additional ones. */
  readonly before?: ContainerSpec;
  /**
   * The container that the fix is for, and all containers in the file that its edits change; there are several if
   * they share a fragment.
   */
  readonly reach?: { readonly run: string; readonly runs: readonly string[] };
  /** The same fix in the fragment that the container shares with others, if this fix does not change the fragment. */
  readonly shared?: Fix;
}

type Offered = readonly (Fix | undefined)[];

/**
 * What a rule reports. If there are several fixes, they are alternatives, the preferred one first. Fixes that are
 * slow to compute are returned by a function that is called only when fixes are requested.
 */
export interface Violation {
  readonly span: Span;
  readonly message: Message;
  readonly severity?: Severity;
  readonly fixes?: Offered | (() => Offered);
  readonly related?: readonly { readonly uri: string; readonly span: Span; readonly message: Message }[];
}

/** A finding as it is shown to the user. */
export interface Finding {
  readonly rule: string;
  readonly span: Span;
  /** The names of the stages or services that the finding is about; none for a finding about a comment. */
  readonly subjects: readonly string[];
  /** The severity that is shown: that of the rule, unless the user's settings override it. */
  readonly severity: Severity;
  /** The severity that the rule assigns, which decides whether Fix All applies. */
  readonly ownSeverity: Severity;
  /** How certain it is that systemd boots, and why; absent for a rule about the build. */
  readonly grade?: Grade;
  readonly reason?: Message;
  readonly message: Message;
  readonly fixes: readonly Fix[];
  readonly related: readonly { readonly uri: string; readonly span: Span; readonly message: Message }[];
}

/**
 * The evidence for a rule. `measured`: the boots that showed the problem. `sourced`: where it is documented, and why
 * no engine in the lab can show it.
 */
export type Evidence = { readonly measured: string } | { readonly sourced: string; readonly why: string };

/** A symptom that the user notices. */
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

/** English templates by name. Each placeholder `{name}` in a template is an argument. */
type Templates = Readonly<Record<string, string>>;

interface RuleText<Messages extends Templates = Templates, Fixes extends Templates = Templates> {
  readonly id: string;
  readonly title: string;
  /** What happens and why, in Markdown, for a reader who is new to systemd in containers. */
  readonly why: string;
  /** What happens to a container with the problem, in one sentence. */
  readonly consequence: string;
  /** The symptoms under which the index page lists the rule. */
  readonly symptoms: readonly [Symptom, ...Symptom[]];
  /** When the rule can be disabled, in one sentence. */
  readonly ignore: string;
  /** The severity of a report that does not set one. */
  readonly severity: Severity;
  readonly off?: boolean;
  /** The rule is also checked if it is not known whether systemd boots; the rule then decides whether it applies. */
  readonly always?: boolean;
  /** The rule is about containers that are stopped or restarted, not about those that a test removes. */
  readonly lasting?: boolean;
  /** The rule also applies to a container that a kubelet starts. */
  readonly pods?: boolean;
  /** The rule is about the build of the image, regardless of what the image starts, so its findings have no grade. */
  readonly buildTime?: boolean;
  readonly evidence: Evidence;
  readonly sources?: readonly string[];
  /** The messages of the rule; the key of a message is `<id>.<name>`. */
  readonly messages: Messages;
  /** The titles of the rule's fixes, with keys of the same form. */
  readonly fixes?: Fixes;
}

/** The names of the placeholders in a template. */
type Place<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Place<Rest>
  : never;

type Arguments<Template extends string> = [Place<Template>] extends [never]
  ? []
  : [args: Readonly<Record<Place<Template>, Argument>>];

/** Creates a message or a title of the rule: `say("missing", { path })`. The compiler checks names and arguments. */
export type SayOf<Texts extends Templates> = <Name extends keyof Texts & string>(
  name: Name,
  ...args: Arguments<Texts[Name]>
) => Message;

export interface ImageRule extends RuleText {
  readonly subject: "image";
  check(subject: ImageSubject): Iterable<Violation>;
  /** Checks a container, which may name an image that no Dockerfile of the workspace builds. */
  checkContainer?(subject: ContainerSubject): Iterable<Violation>;
}

export interface ContainerRule extends RuleText {
  readonly subject: "run";
  check(subject: ContainerSubject): Iterable<Violation>;
  /** Checks the Dockerfile of an image that nothing in the workspace starts. */
  checkImage?(subject: ImageSubject): Iterable<Violation>;
}

export type Rule = ImageRule | ContainerRule;

/**
 * A rule as its file defines it. The check receives a function that creates the rule's messages and titles, each of
 * which has a unique name.
 */
interface Written<Subject, Messages extends Templates, Fixes extends Templates>
  extends RuleText<Messages, Fixes> {
  readonly fixes?: Fixes & { readonly [Name in keyof Messages]?: never };
  check(subject: Subject, say: SayOf<Messages & Fixes>): Generator<Violation, void>;
}

interface WrittenForBoth<Messages extends Templates, Fixes extends Templates>
  extends Written<ContainerSubject, Messages, Fixes> {
  checkImage?(subject: ImageSubject, say: SayOf<Messages & Fixes>): Generator<Violation, void>;
}

interface WrittenForImage<Messages extends Templates, Fixes extends Templates>
  extends Written<ImageSubject, Messages, Fixes> {
  checkContainer?(subject: ContainerSubject, say: SayOf<Messages & Fixes>): Iterable<Violation>;
}

/** The messages of a rule that has no fixes. */
type Untitled = Readonly<Record<never, string>>;

/** A rule that checks a Dockerfile's effective image. */
export function imageRule<const Messages extends Templates, const Fixes extends Templates = Untitled>(
  rule: WrittenForImage<Messages, Fixes>,
): ImageRule {
  const say = sayer(rule);
  const { checkContainer } = rule;
  return {
    ...rule,
    subject: "image",
    check: (subject) => rule.check(subject, say),
    checkContainer: checkContainer && ((subject) => checkContainer(subject, say)),
  };
}

/** A rule that checks how a container is started, in any kind of file. */
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

/** A rule that compares how a container is started with its plan. Without a plan it reports nothing. */
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
