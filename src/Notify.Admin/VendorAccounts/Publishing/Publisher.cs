using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>Carries out an order: reads what is there, makes the one call that is due, and reads again, until nothing differs. So an order
/// whose process was killed, or whose answer was lost, is taken up at any point: nothing is done twice that is there already, or its call
/// may be repeated.</summary>
internal sealed class Publisher(ChannelLinkStore store, IEnumerable<IPublishVendor> vendors, NamedLeases leases, AuditTrail trail,
    TimeProvider time)
{
    // Read, create, read, switch, read; the rest is for answers that were lost.
    private const int MostRounds = 8;
    private const int MostLostAnswers = 2;
    private const int MostThrottles = 5;

    // Longer than two calls and a pause, since it is kept before each round.
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(2);

    // Where the vendor asks for fewer calls and does not say when; longer ones are left for another day.
    private static readonly TimeSpan ThrottlePause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>What the trail calls it.</summary>
    public static string ActionOf(PublishRun run) => $"{AuditedChannel.KindOf(run.Kind)}.{(run.Removes ? "unpublish" : "publish")}";

    /// <summary>Carries it out, unless another order of the same account is being carried out: two at once could take each other's new
    /// chatbot for their own.</summary>
    /// <returns>False where it is left for later.</returns>
    internal async Task<bool> RunAsync(PublishRun run, Actor actor, CancellationToken cancellationToken)
    {
        var lease = string.Create(CultureInfo.InvariantCulture, $"publish-{run.AccountId}");
        var token = Leases.NewToken();
        if (!await leases.TakeAsync(lease, token, LeaseLength, cancellationToken))
        {
            return false;
        }

        try
        {
            if (await store.IsOpenAsync(run.Id, cancellationToken))
            {
                await FinishAsync(run, actor, () => leases.TakeAsync(lease, token, LeaseLength, cancellationToken), cancellationToken);
            }

            return true;
        }
        finally
        {
            await leases.ReleaseAsync(lease, token, CancellationToken.None);
        }
    }

    private async Task FinishAsync(PublishRun run, Actor actor, Func<Task<bool>> keep, CancellationToken cancellationToken)
    {
        List<PublishChange> made = [];
        var (isDone, answer) = await ConvergeAsync(run, made, keep, cancellationToken);
        var name = (await store.FindAsync(run.Key, cancellationToken))?.Name;
        // Whoever carries it out may have only found it: it is theirs who gave it.
        var by = actor.Name == run.By ? actor : new Actor(null, run.By, null, "publishing");
        var entry = trail.Entry(by, ActionOf(run),
            new AuditSubject(AuditedChannel.KindOf(run.Kind), run.ChannelId.ToString(CultureInfo.InvariantCulture), name),
            isDone ? [.. made.Select(change => new FieldChange(change.Field, change.There, change.Here))]
                : [new FieldChange("verdict", null, answer.Code)],
            isDone ? AuditResult.Done : AuditResult.Failed);
        await store.EndAsync(run.Id, row =>
        {
            (row.State, row.EndedAt) = (isDone ? PublishState.Done : PublishState.Failed, time.GetUtcNow());
            (row.Code, row.Detail, row.RequestId) = isDone ? (null, null, null) : (answer.Code, answer.Message, answer.RequestId);
        }, entry, cancellationToken);
        if (isDone && run.Removes)
        {
            await store.RemoveAsync(run.Key, null, cancellationToken);
        }
    }

    private async Task<(bool IsDone, VendorAnswer Answer)> ConvergeAsync(PublishRun run, List<PublishChange> made, Func<Task<bool>> keep,
        CancellationToken cancellationToken)
    {
        var vendor = vendors.Of(run.Kind);
        (PublishStep Step, VendorAnswer Answer)? last = null;
        var (lost, throttled) = (0, 0);
        for (var round = 0; round < MostRounds; round++)
        {
            if (!await keep())
            {
                throw new InvalidOperationException("Another instance has taken the account over.");
            }

            if (await store.FindAsync(run.Key, cancellationToken) is not { } link)
            {
                return (false, new VendorAnswer(VendorCodes.LinkGone));
            }

            var (read, all) = await vendor.ListAsync(run.AccountId, cancellationToken);
            var (isOver, verdict, step) = !read.IsAccepted ? (false, read, default)
                : run.Removes ? await RemoveAsync(vendor, link, all, cancellationToken)
                : await PublishAsync(vendor, run, link, all, last, made, cancellationToken);
            if (isOver)
            {
                return (verdict.IsAccepted, verdict);
            }

            if (VendorCodes.IsThrottled(verdict.Code) && throttled++ < MostThrottles)
            {
                // Nothing was done, so the round does not count.
                round--;
                await WaitAsync(verdict.RetryAfter, cancellationToken);
                continue;
            }

            if (!verdict.IsAccepted && (!read.IsAccepted || !VendorCodes.IsUnknownOutcome(verdict.Code) || ++lost > MostLostAnswers))
            {
                return (false, verdict);
            }

            last = (step, verdict);
        }

        return (false, new VendorAnswer(VendorCodes.NotTaken));
    }

    private Task WaitAsync(TimeSpan? asked, CancellationToken cancellationToken)
    {
        var pause = asked ?? ThrottlePause;
        return Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellationToken);
    }

    private async Task<(bool IsOver, VendorAnswer Answer, PublishStep Step)> RemoveAsync(
        IPublishVendor vendor, ChannelLink link, IReadOnlyList<VendorChannel>? all, CancellationToken cancellationToken)
    {
        if (await vendor.RemoveAsync(link, all, cancellationToken) is not { } answer)
        {
            return (true, new VendorAnswer(VendorCodes.Accepted), default);
        }

        if (answer.IsAccepted && !vendor.TellsWhatItHas)
        {
            await store.ChangeAsync(link.Key, row => row.TakeRemoved(), cancellationToken);
        }

        return (false, answer, default);
    }

    private async Task<(bool IsOver, VendorAnswer Answer, PublishStep Step)> PublishAsync(
        IPublishVendor vendor, PublishRun run, ChannelLink link, IReadOnlyList<VendorChannel>? all,
        (PublishStep Step, VendorAnswer Answer)? last, List<PublishChange> made, CancellationToken cancellationToken)
    {
        if (await vendor.FindAsync(run.ChannelId, cancellationToken) is not { } here)
        {
            return (true, new VendorAnswer(VendorCodes.LinkGone), default);
        }

        var plan = PublishPlan.Make(here, link, all, await store.ListOtherIdsAsync(link, cancellationToken));
        if (vendor.TellsWhatItHas)
        {
            await store.ChangeAsync(run.Key, row => row.See(plan.There, time.GetUtcNow()), cancellationToken);
        }

        if (run.Wanted != plan.Wanted.Write() || run.WantedSecret != here.Secret)
        {
            return (true, new VendorAnswer(VendorCodes.ChangedSince), default);
        }

        if (plan.Next is not { } step)
        {
            await store.ChangeAsync(run.Key,
                row => row.TakePublished(plan.Wanted, here.Secret, vendor.TellsWhatItHas ? plan.There!.Id : null), cancellationToken);
            return (true, new VendorAnswer(VendorCodes.Accepted), default);
        }

        if (last is { Answer.IsAccepted: true } && last.Value.Step == step)
        {
            var fields = string.Join(", ", plan.Changes.Select(change => change.Field));
            return (true, new VendorAnswer(VendorCodes.NotTaken) { Message = fields }, step);
        }

        if (made.Count == 0)
        {
            made.AddRange(plan.Shown);
        }

        var answer = await vendor.CallAsync(run.AccountId, run.Key, step, plan, cancellationToken);
        if (answer.IsAccepted)
        {
            await store.ChangeAsync(run.Key, row => Take(row, step, plan, here, vendor.TellsWhatItHas), cancellationToken);
        }

        return (false, answer, step);
    }

    // What the vendor does not tell is kept here as soon as it has accepted it.
    private static void Take(ChannelLink row, PublishStep step, PublishPlan plan, PublishedHere here, bool isTold)
    {
        if (step == PublishStep.Leave)
        {
            row.TakeRemoved();
        }
        else if (!isTold)
        {
            row.TakePublished(plan.Wanted, here.Secret, vendorId: null);
        }
        else if (step is PublishStep.Create or PublishStep.Update)
        {
            row.PublishedSecret = here.Secret;
        }
    }
}
