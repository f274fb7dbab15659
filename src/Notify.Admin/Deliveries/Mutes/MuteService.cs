using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <summary>What came of asking for a mute.</summary>
public enum MuteOutcome
{
    Muted = 0,

    /// <summary>It is muted so already.</summary>
    Already = 1,

    /// <summary>The channel has sent no such message, or it is not on record any more.</summary>
    Gone = 2,

    /// <summary>The message tells of an event that belongs to no problem.</summary>
    NoProblem = 3,
}

/// <summary>Muting one problem on one channel. Every call checks the actor's policy.</summary>
internal sealed class MuteService(
    MuteStore store, AcknowledgementStore messages, ChannelDirectory channels, AuditTrail audit, TimeProvider time)
{
    // Two presses so close are one.
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(1);

    /// <summary>Those that run.</summary>
    public async Task<IReadOnlyList<ProblemMute>> ListAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await store.ListAsync(channel, cancellationToken);
    }

    /// <param name="length">Null until the problem ends.</param>
    public async Task<MuteOutcome> MuteAsync(
        PressedMessage pressed, TimeSpan? length, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        if (await messages.FindAsync(pressed, cancellationToken) is not { } told)
        {
            return MuteOutcome.Gone;
        }

        if (EventProblem.KeyOf(told.Event) is not { } problem)
        {
            return MuteOutcome.NoProblem;
        }

        var now = time.GetUtcNow();
        var mute = new ProblemMute
        {
            ChannelKind = pressed.Channel.Kind,
            ChannelId = pressed.Channel.Id,
            Problem = problem,
            MessageId = told.FirstId,
            Title = ForeignText.Line(told.Event.Fields.Title ?? told.Event.Id, ProblemMute.TitleLength),
            StartsAt = now,
            EndsAt = now + (length ?? ProblemMute.Longest),
            UntilFixed = length is null,
            Severity = told.Event.Severity,
            By = ForeignText.Line(actor.Name, 256),
        };
        var name = (await channels.ListAsync(cancellationToken)).Find(pressed.Channel)?.Name;
        // Told again, or pressed twice: the same person has what they asked for.
        return await store.ReplaceAsync(
            mute,
            before => before.UntilFixed == mute.UntilFixed && before.By == mute.By
                && (mute.UntilFixed || mute.EndsAt - before.EndsAt < Near),
            before => Entry(actor, "problem.mute", mute, name, before, mute), cancellationToken)
            ? MuteOutcome.Muted : MuteOutcome.Already;
    }

    /// <returns>False where it has ended already.</returns>
    public async Task<bool> EndAsync(ChannelKey channel, int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        var name = (await channels.ListAsync(cancellationToken)).Find(channel)?.Name;
        return await store.EndAsync(
            channel, id, running => Entry(actor, "problem.mute-end", running, name, running, null), cancellationToken);
    }

    private AuditEntry Entry(Actor actor, string action, ProblemMute about, string? channel, ProblemMute? before, ProblemMute? after) =>
        audit.Entry(
            actor, action, new AuditSubject(AuditedChannel.KindOf(about.ChannelKind), AuditedChannel.IdOf(about.Channel), channel),
            [new FieldChange("problem", null, about.Title), .. AuditTrail.Difference(Fields(before), Fields(after))]);

    private static Dictionary<string, string?> Fields(ProblemMute? mute) => mute is null ? [] : new()
    {
        ["mutedUntil"] = mute.UntilFixed ? "fixed"
            : mute.EndsAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture),
    };
}
