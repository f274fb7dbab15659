using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Which message tells of which problem: read before a message is composed, written with it.</summary>
internal sealed partial class LaneOutbox
{
    private static readonly IReadOnlyDictionary<string, ToldProblem> NothingTold = new Dictionary<string, ToldProblem>();

    /// <summary>What the channel was told of the problems of <paramref name="next"/>, where that can be followed.</summary>
    public async Task<IReadOnlyDictionary<string, ToldProblem>> FindToldAsync(
        ChannelLane lane, Destination destination, IReadOnlyList<Candidate> next, CancellationToken cancellationToken)
    {
        var problems = next.Select(c => FollowUpRules.ProblemOf(destination.FollowUp, c)).OfType<string>().Distinct().ToArray();
        if (problems.Length == 0)
        {
            return NothingTold;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var firsts = (await context.ProblemMessages.AsNoTracking()
                .Where(p => p.ChannelKind == lane.ChannelKind && p.ChannelId == lane.ChannelId && problems.Contains(p.Problem))
                .Where(p => p.FirstId == null)
                .Join(context.Messages, p => p.MessageId, m => m.Id, (p, m) => new { p.Problem, p.IsEnded, Message = m })
                .Where(p => p.Message.AcceptedAt != null && p.Message.VendorMessageId != null)
                .ToListAsync(cancellationToken))
            // Where the newest has ended, an older one tells of what was over long ago.
            .GroupBy(p => p.Problem).Select(same => same.MaxBy(p => p.Message.Id)!).Where(p => !p.IsEnded).ToList();
        var ids = firsts.Select(f => f.Message.Id).ToArray();
        var newest = await context.ProblemMessages
            .Where(p => p.ChannelKind == lane.ChannelKind && p.ChannelId == lane.ChannelId && problems.Contains(p.Problem))
            .Where(p => p.FirstId != null && ids.Contains(p.FirstId.Value))
            .Join(context.Messages.Where(m => m.AcceptedAt != null), p => p.MessageId, m => m.Id, (p, _) => p)
            .GroupBy(p => p.FirstId!.Value).Select(same => new { First = same.Key, Newest = same.Max(p => p.MessageId) })
            .ToDictionaryAsync(p => p.First, p => p.Newest, cancellationToken);
        var wanted = ids.Concat(newest.Values).ToArray();
        var events = await context.MessageDeliveries.Where(m => wanted.Contains(m.MessageId))
            .Join(context.Deliveries, m => m.DeliveryId, d => d.Id, (m, d) => new { m.MessageId, d.Id, d.EventRowId })
            .Join(context.Events, d => d.EventRowId, e => e.Id, (d, e) => new { d.MessageId, d.Id, e.Time, e.Type, e.State, e.Severity })
            .ToDictionaryAsync(e => e.MessageId, cancellationToken);

        var acknowledged = await context.Acknowledgements.Where(a => ids.Contains(a.MessageId))
            .ToDictionaryAsync(a => a.MessageId, a => new Acknowledged(a.By, a.At), cancellationToken);
        Dictionary<string, ToldProblem> told = [];
        foreach (var first in firsts)
        {
            // Retention may have taken one of them meanwhile.
            if (events.TryGetValue(first.Message.Id, out var began)
                && events.TryGetValue(newest.GetValueOrDefault(first.Message.Id, first.Message.Id), out var last))
            {
                told[first.Problem] = new ToldProblem(
                    first.Message.Id,
                    new EarlierMessage(first.Message.ShortId, first.Message.VendorMessageId!, first.Message.VendorChannelId, began.Time)
                    {
                        Acknowledged = acknowledged.GetValueOrDefault(first.Message.Id),
                    },
                    first.Message.AcceptedAt!.Value,
                    new ToldEvent(last.Id, EventProblem.StateOf(last.Type, last.State), last.Severity));
            }
        }

        return told;
    }

    // A message that is tried again may be another one by now: what it followed is gone, or the channel was edited.
    private static async Task WriteProblemsAsync(
        NotifyDbContext context, IReadOnlyList<Begun> begun, CancellationToken cancellationToken)
    {
        foreach (var (outgoing, message, _) in begun.Where(b => b.Outgoing.MessageId is not null))
        {
            await context.ProblemMessages.Where(p => p.MessageId == message.Id).ExecuteDeleteAsync(cancellationToken);
            message.Preview = outgoing.Composed.Preview;
            await context.Messages.Where(m => m.Id == message.Id).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.Preview, outgoing.Composed.Preview), cancellationToken);
        }

        foreach (var (outgoing, message, _) in begun.Where(b => b.Outgoing.Following.Problem is not null))
        {
            context.ProblemMessages.Add(new ProblemMessage
            {
                MessageId = message.Id,
                ChannelKind = message.ChannelKind,
                ChannelId = message.ChannelId,
                Problem = outgoing.Following.Problem!,
                FollowUp = outgoing.Composed.FollowUp,
                FirstId = outgoing.Composed.FollowUp == FollowUp.NewMessage ? null : outgoing.Following.Told?.FirstId,
            });
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    // What was to be followed is gone: the next message is the first again. One that the vendor let stand alone already is. And what a
    // digest told nobody may set back, nor pass over in silence.
    private static async Task EndFollowingAsync(
        NotifyDbContext context, ChannelLane lane, Begun begun, SendResult result, CancellationToken cancellationToken)
    {
        var id = begun.Message.Id;
        if (result is { StandsAlone: true } or { Failure: FailureKind.EarlierGone })
        {
            var first = context.ProblemMessages.Where(p => p.MessageId == id).Select(p => p.FirstId);
            await context.ProblemMessages.Where(p => first.Contains(p.MessageId))
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.IsEnded, true), cancellationToken);
        }

        if (result.StandsAlone)
        {
            await context.ProblemMessages.Where(p => p.MessageId == id).ExecuteUpdateAsync(
                set => set.SetProperty(p => p.FollowUp, FollowUp.NewMessage).SetProperty(p => p.FirstId, (long?)null), cancellationToken);
        }

        if (result.Accepted && begun.Outgoing.Together is { Count: > 0 } together)
        {
            await context.ProblemMessages
                .Where(p => p.ChannelKind == lane.ChannelKind && p.ChannelId == lane.ChannelId && together.Contains(p.Problem))
                .Where(p => p.FirstId == null)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.IsEnded, true), cancellationToken);
        }
    }
}
