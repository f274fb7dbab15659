using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <summary>What somebody asks for who snoozes a channel. Field names in refusals are the names of its properties.</summary>
public sealed record SnoozeRequest(DateTimeOffset? Until, string Reason, PauseOutcome Outcome, bool LetCriticalThrough)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    public IEnumerable<FieldRefusal> Check(DateTimeOffset now)
    {
        if (Until is not { } until || until <= now)
        {
            yield return new FieldRefusal(nameof(Until), "Snooze.Until.Past");
        }
        else if (until > now + Longest)
        {
            yield return new FieldRefusal(nameof(Until), "Snooze.Until.TooFar");
        }

        if (PauseReason.Check(Reason) is { } refusal)
        {
            yield return refusal;
        }
    }
}

/// <summary>What people do with pauses of channels. Every call checks the actor's policy.</summary>
internal sealed class PauseService(PauseStore store, ChannelDirectory channels, AuditTrail audit, TimeProvider time)
{
    /// <summary>Null for a channel that is not silenced.</summary>
    public async Task<Silence?> FindAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken) =>
        (await ListAsync([channel], actor, cancellationToken)).GetValueOrDefault(channel);

    /// <summary>The silenced ones of these.</summary>
    public async Task<IReadOnlyDictionary<ChannelKey, Silence>> ListAsync(
        IEnumerable<ChannelKey> of, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var silences = await store.ReadAsync(cancellationToken);
        var names = await channels.ListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return of.Select(channel => (channel, silence: silences.Find(channel, names.Find(channel)?.Tags ?? [], now)))
            .Where(found => found.silence is not null).ToDictionary(found => found.channel, found => found.silence!);
    }

    /// <summary>Snoozes a channel, or changes its snooze. Nothing is stored where something is refused.</summary>
    public async Task<IReadOnlyList<FieldRefusal>> SnoozeAsync(
        ChannelKey channel, SnoozeRequest request, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        var now = time.GetUtcNow();
        if (request.Check(now).ToList() is { Count: > 0 } refusals)
        {
            return refusals;
        }

        var pause = new Pause
        {
            ChannelKind = channel.Kind,
            ChannelId = channel.Id,
            Reason = request.Reason.Trim(),
            StartsAt = now,
            EndsAt = request.Until!.Value.ToUniversalTime(),
            Outcome = request.Outcome,
            LetCriticalThrough = request.LetCriticalThrough,
            By = ForeignText.Line(actor.Name, 256),
        };
        var subject = await SubjectAsync(channel, cancellationToken);
        await store.ReplaceAsync(
            pause, before => audit.Entry(actor, "channel.snooze", subject, AuditTrail.Difference(Fields(before), Fields(pause))),
            cancellationToken);
        return [];
    }

    /// <summary>Ends a snooze before its time.</summary>
    /// <returns>False where it has ended already.</returns>
    public async Task<bool> EndAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        var subject = await SubjectAsync(channel, cancellationToken);
        return await store.EndAsync(
            channel, running => audit.Entry(actor, "channel.snooze-end", subject, AuditTrail.Difference(Fields(running), Fields(null))),
            cancellationToken);
    }

    private async Task<AuditSubject> SubjectAsync(ChannelKey channel, CancellationToken cancellationToken) =>
        new(AuditedChannel.KindOf(channel.Kind), AuditedChannel.IdOf(channel),
            (await channels.ListAsync(cancellationToken)).Find(channel)?.Name);

    private static Dictionary<string, string?> Fields(Pause? pause) => pause is null ? [] : new()
    {
        ["snoozedUntil"] = pause.EndsAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture),
        ["reason"] = pause.Reason,
        ["meanwhile"] = pause.Outcome == PauseOutcome.Drop ? "drop" : "summary",
        ["letCriticalThrough"] = pause.LetCriticalThrough ? "true" : "false",
    };
}
