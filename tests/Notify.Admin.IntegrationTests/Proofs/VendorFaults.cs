using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Sandbox;
using Notify.Sandbox.Faults;

namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>A fault, and a number to spread the first one of each kind over the run.</summary>
internal sealed record VendorFault(int Id, SandboxFault Fault);

/// <summary>Every way to fail, and what the product must make of each. Written from the vendors' pages, not from the product's
/// tables.</summary>
internal static class VendorFaults
{
    private const string RetryAfter = "7";

    // Milliseconds: soon enough to be an answer.
    private const int Drip = 200;

    private static readonly string[] MessageCodes = ["msg_too_long", "430102"];
    private static readonly string[] ChannelCodes = ["not_in_channel", "400102"];

    public static IReadOnlyList<VendorFault> All { get; } = [.. ((SandboxFault[])
    [
        .. Both(new() { Kind = FaultKind.Timeout }),
        .. Both(new() { Kind = FaultKind.AcceptThenTimeout }),
        .. Both(new() { Kind = FaultKind.Reset }),
        .. Both(new() { Kind = FaultKind.AcceptThenReset }),
        .. Both(new() { Kind = FaultKind.Cut }),
        .. Both(new() { Kind = FaultKind.Status, Status = 500 }),
        .. Both(new() { Kind = FaultKind.Status, Status = 503, RetryAfter = RetryAfter }),
        .. Both(new() { Kind = FaultKind.Html }),
        .. Both(new() { Kind = FaultKind.Status, Status = 429 }),
        .. Both(new() { Kind = FaultKind.Status, Status = 429, RetryAfter = RetryAfter }),
        .. Both(new() { Kind = FaultKind.Truncated }),
        .. Both(new() { Kind = FaultKind.Slow, DelayMs = Drip }),
        .. Both(new() { Kind = FaultKind.Slow, DelayMs = 30_000 }),
        .. Both(new() { Kind = FaultKind.Body, Body = "not JSON" }),
        Slack("internal_error"), Slack("never_seen_before"), Slack(ChannelCodes[0]), Slack(MessageCodes[0]),
        DingTalk("-1"), DingTalk("99999"), DingTalk(ChannelCodes[1]), DingTalk(MessageCodes[1]),
    ]).Select((fault, index) => new VendorFault(index, fault))];

    public static bool IsAboutTheMessage(string? code) => MessageCodes.Contains(code);

    /// <summary>The outcome and code that an attempt must have after a call.</summary>
    public static (AttemptOutcome Outcome, string Code) Verdict(ChannelKind kind, SandboxCall call, SandboxFault? fault)
    {
        var slack = kind == ChannelKind.Slack;
        return call.Fault switch
        {
            null => (AttemptOutcome.Accepted, slack ? "ok" : "0"),
            // A drip that ends in time is an answer.
            FaultKind.Slow when fault!.DelayMs == Drip => (AttemptOutcome.Accepted, slack ? "ok" : "0"),
            FaultKind.Timeout or FaultKind.AcceptThenTimeout or FaultKind.Slow => (AttemptOutcome.Unknown, "timeout"),
            FaultKind.Reset or FaultKind.AcceptThenReset or FaultKind.Cut =>
                (AttemptOutcome.Unknown, slack ? "connection_reset" : "connection_lost"),
            FaultKind.Truncated or FaultKind.Body => (AttemptOutcome.Unknown, "unreadable_answer"),
            FaultKind.Html => (AttemptOutcome.Unknown, "http_502"),
            FaultKind.Status when call.Status == 429 => (AttemptOutcome.Failed, slack ? "ratelimited" : "http_429"),
            FaultKind.Status => (AttemptOutcome.Unknown, $"http_{call.Status}"),
            // Slack says of this one that part of the work may have been done.
            FaultKind.ErrorCode when call.Code == "internal_error" => (AttemptOutcome.Unknown, call.Code),
            FaultKind.ErrorCode => (AttemptOutcome.Failed, call.Code),
            var other => throw new InvalidOperationException($"No verdict is known for {other}."),
        };
    }

    /// <summary>The least time to the channel's next attempt; null where none is asked for.</summary>
    public static TimeSpan? LeastPause(SandboxFault? fault, string code) => fault switch
    {
        _ when code is "ok" or "0" || IsAboutTheMessage(code) || ChannelCodes.Contains(code) => null,
        { RetryAfter: { } seconds } => TimeSpan.FromSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)),
        // Two seconds, less a quarter of jitter. A fifth unknown code in a row is for a person, who may be quicker.
        _ => code is "never_seen_before" or "99999" ? null : TimeSpan.FromSeconds(1.5),
    };

    private static SandboxFault[] Both(SandboxFault fault) =>
        [fault with { Target = FaultTarget.Slack }, fault with { Target = FaultTarget.DingTalk }];

    private static SandboxFault Slack(string code) => new() { Kind = FaultKind.ErrorCode, Target = FaultTarget.Slack, ErrorCode = code };

    private static SandboxFault DingTalk(string code) =>
        new() { Kind = FaultKind.ErrorCode, Target = FaultTarget.DingTalk, ErrorCode = code };
}
