using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <summary>Looking at deliveries, and sending them again.</summary>
internal sealed class DeliveryService(
    DeliveryStore store, SendAgainStore again, ChannelDirectory channels, AuditTrail audit, DeliverySignal signal, IDeliveryDesk desk,
    SharedLooks looks)
{
    // As many as a statement of any store takes.
    private const int MostTogether = 500;

    private static readonly TimeSpan ActionBudget = TimeSpan.FromSeconds(5);

    // Of each of three looks, which somebody waits for.
    private static readonly TimeSpan PreviewBudget = TimeSpan.FromSeconds(2);

    /// <summary>One page, newest first.</summary>
    public Task<HistoryList<DeliveryRow>> ListAsync(DeliveryFilter filter, PageCursor cursor, int size, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.ListAsync(Clean(filter), cursor, size, IdPages.Budget, cancellationToken);
    }

    /// <summary>These rows as they are now: all that open pages ask for at the same moment are read together.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> RefreshAsync(
        IReadOnlyCollection<long> ids, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var rows = await looks.JoinAsync(nameof(DeliveryService), ids, ReadTogetherAsync, cancellationToken);
        return [.. ids.Select(rows.GetValueOrDefault).OfType<DeliveryRow>().OrderByDescending(row => row.Id)];
    }

    /// <summary>How many have come above an id, counted up to <see cref="HistoryList.MostNew"/>.</summary>
    public Task<int> CountNewAsync(DeliveryFilter filter, long aboveId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.CountAboveAsync(Clean(filter), aboveId, HistoryList.MostNew, cancellationToken);
    }

    public Task<DeliveryStory?> FindAsync(long id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.FindAsync(id, cancellationToken);
    }

    /// <summary>The attempts of these deliveries, oldest first.</summary>
    public Task<ILookup<long, StoryAttempt>> AttemptsAsync(IReadOnlyCollection<long> ids, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.AttemptsAsync(ids, cancellationToken);
    }

    public Task<ChannelNames> ChannelNamesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return channels.ListAsync(cancellationToken);
    }

    /// <summary>What sending again would do, for the question that is asked first.</summary>
    public async Task<SendAgainPreview> PreviewAsync(SendAgainTarget target, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        // Each by itself: among the newest of all states there may be none, or not all, of those that did not arrive.
        var undelivered = await ResolveAsync(target, SendAgain.Undelivered, PreviewBudget, cancellationToken);
        var sent = await ResolveAsync(target, [DeliveryState.Sent], PreviewBudget, cancellationToken);
        var open = await ResolveAsync(target, DeliveryStates.Open, PreviewBudget, cancellationToken);
        List<long> all = [.. undelivered.Ids.Concat(sent.Ids).Concat(open.Ids).Distinct()];
        var states = await again.StatesAsync(all, cancellationToken);
        IReadOnlyList<long> In(params IReadOnlyList<DeliveryState> wanted) =>
            [.. all.Where(id => states.TryGetValue(id, out var state) && wanted.Contains(state))];
        return new SendAgainPreview(new SendAgainPart(In([.. SendAgain.Undelivered]), undelivered.HasMore),
            new SendAgainPart(In(DeliveryState.Sent), sent.HasMore), In([.. DeliveryStates.Open]).Count);
    }

    /// <summary>Makes final deliveries wait again: each gets a new message, paced like any other. What is still on its way stays as it
    /// is.</summary>
    /// <param name="alsoSent">True repeats what has arrived already, too: it will arrive twice.</param>
    public async Task<SendAgainResult> SendAgainAsync(SendAgainTarget target, bool alsoSent, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        IReadOnlyList<DeliveryState> states = alsoSent ? DeliveryStates.Final : SendAgain.Undelivered;
        var (ids, hasMore) = await ResolveAsync(target, states, ActionBudget, cancellationToken);
        var queued = 0;
        foreach (var batch in ids.Chunk(SendAgain.BatchSize))
        {
            var subject = new AuditSubject("Delivery", ids.Count == 1 ? ShortIds.OfDelivery(batch[0]) : null, null);
            queued += await again.QueueAsync(
                batch, states, actor.Name,
                count => audit.Entry(actor, "delivery.send-again", subject,
                [new FieldChange("deliveries", null, $"{count}"), .. Describe(target)]),
                cancellationToken);
            signal.Raise();
        }

        return new SendAgainResult(queued, hasMore);
    }

    /// <summary>Releases what is held because the channel needs attention.</summary>
    public Task<ChannelTry> TryChannelAgainAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken) =>
        desk.TryAgainAsync(channel, actor, cancellationToken);

    /// <summary>Waits a few seconds for what comes of it.</summary>
    public Task<ChannelTryOutcome> AwaitTryAsync(ChannelTry tried, CancellationToken cancellationToken) =>
        desk.AwaitTryAsync(tried, cancellationToken);

    /// <inheritdoc cref="IDeliveryDesk.AwaitTriesAsync"/>
    public Task<IReadOnlyList<ChannelTryOutcome>> AwaitTriesAsync(
        IReadOnlyList<ChannelTry> tries, CancellationToken cancellationToken) => desk.AwaitTriesAsync(tries, cancellationToken);

    /// <summary>Tries the channels again that hold deliveries of the target because they need attention.</summary>
    public async Task<IReadOnlyList<ChannelTry>> TryChannelsAgainAsync(SendAgainTarget target, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        var (ids, _) = await ResolveAsync(target, [DeliveryState.Held], ActionBudget, cancellationToken);
        List<ChannelTry> tries = [];
        foreach (var channel in await again.ListNeedyChannelsAsync(ids, cancellationToken))
        {
            tries.Add(await desk.TryAgainAsync(channel, actor, cancellationToken));
        }

        return tries;
    }

    /// <summary>What a code means and how to mend it, in the current UI culture: ours, otherwise the vendor's.</summary>
    public CodeExplanation? Explain(ChannelKind kind, string code, string? detail) => channels.ExplainCode(kind, code, detail);

    /// <summary>Why the channel hears the event, in the current UI culture.</summary>
    public string DescribeMatch(DeliveryRow row) => channels.DescribeMatch(row.Channel.Kind, row.MatchReason);

    private async Task<Dictionary<long, DeliveryRow>> ReadTogetherAsync(IReadOnlyList<IReadOnlyCollection<long>> asked)
    {
        Dictionary<long, DeliveryRow> rows = [];
        foreach (var ids in asked.SelectMany(ids => ids).Distinct().Chunk(MostTogether))
        {
            foreach (var row in await store.RowsAsync(ids, CancellationToken.None))
            {
                rows[row.Id] = row;
            }
        }

        return rows;
    }

    // Halves of surrogate pairs and NUL are taken out before a query is made of them.
    private static DeliveryFilter Clean(DeliveryFilter filter) => filter with { Text = SearchText.Clean(filter.Text) };

    // Given ids in whatever state they are.
    private async Task<SendAgainPart> ResolveAsync(
        SendAgainTarget target, IReadOnlyList<DeliveryState> states, TimeSpan budget, CancellationToken cancellationToken)
    {
        if (target.Ids is { } given)
        {
            return new SendAgainPart([.. given.Distinct().Take(SendAgain.Most)], given.Count > SendAgain.Most);
        }

        var filter = Clean(target.Filter ?? throw new ArgumentException("Neither deliveries nor a filter.", nameof(target)));
        if (filter.States.Count > 0)
        {
            states = [.. filter.States.Intersect(states)];
        }

        if (states.Count == 0)
        {
            return new SendAgainPart([], HasMore: false);
        }

        var page = await store.ListIdsAsync(filter with { States = states }, SendAgain.Most, budget, cancellationToken);
        return new SendAgainPart(page.Ids, page.Older is not null);
    }

    private static IEnumerable<FieldChange> Describe(SendAgainTarget target)
    {
        if (target.Filter is not { } filter)
        {
            yield break;
        }

        if (filter.States.Count > 0)
        {
            yield return new FieldChange("state", null, string.Join(",", filter.States.Select(DeliveryStates.ToName)));
        }

        if (filter.Channel is { } channel)
        {
            yield return new FieldChange("channel", null, $"{channel.Kind} {channel.Id}");
        }

        if (filter.From is not null || filter.To is not null)
        {
            yield return new FieldChange("time", null, $"{filter.From:O}/{filter.To:O}");
        }

        if (filter.Text is not null)
        {
            yield return new FieldChange("text", null, filter.Text);
        }
    }
}
