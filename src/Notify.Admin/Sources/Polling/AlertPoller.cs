using System.Globalization;
using System.Text.Json;
using Notify.Admin.Data;
using Notify.Admin.Events;

namespace Notify.Admin.Sources;

/// <summary>Reads one type of alert from a source's account, a page at a time. What a page tells is stored before the place where the next
/// begins, so a process that dies, or another that takes over, reads a page again at most, and its alerts are known by their
/// ids.</summary>
internal sealed class AlertPoller(SourcePollStore store, IAlertAccounts accounts, IEnumerable<IAlertList> lists, EventIntake intake,
    TimeProvider time)
{
    /// <summary>So many pages are read in one turn; then others have theirs.</summary>
    public const int PagesInATurn = 10;

    // Codes of our own, where the vendor gave none.
    private const string Unreadable = "Unreadable";
    private const string Busy = "Busy";

    private static readonly TimeSpan BetweenTurns = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    // Longer than a page's calls and its commit.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    private readonly Dictionary<string, IAlertList> _lists = lists.ToDictionary(list => list.Type, StringComparer.Ordinal);

    /// <summary>One turn of a poll that is due, unless another instance has it.</summary>
    public async Task PollAsync(Source source, AlertAccount account, PlannedPoll plan, SourcePoll due, CancellationToken cancellationToken)
    {
        var claim = Leases.NewToken();
        try
        {
            for (var page = 1; await store.ClaimAsync(due, claim, time.GetUtcNow(), Lease, cancellationToken) is { } held; page++)
            {
                if (!await ReadPageAsync(source, account, plan, held, page == PagesInATurn, cancellationToken))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program stops: another instance need not wait for the lease's end.
            await store.ReleaseAsync(due, claim);
            throw;
        }
    }

    // Whether there is more to read now.
    private async Task<bool> ReadPageAsync(Source source, AlertAccount account, PlannedPoll plan, SourcePoll held, bool isLast,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var type = PolledType.Find(plan.Type)!;
        var list = _lists[plan.Type];
        var known = held.BeganAt is null ? null : PollPosition.Read(held.Position, account.Id);
        var (position, began, found) = known is null ? (new PollPosition(account.Id), now, 0) : (known, held.BeganAt!.Value, held.Found);
        var from = held.ReadUpTo - type.Overlap;
        from = from < held.StartAt ? held.StartAt : from;

        var call = list.CallAt(position, from, source.PollLanguage);
        var answer = await accounts.CallAsync(account.Id, call, cancellationToken);
        if (answer.Code is not null)
        {
            return await FailAsync(held, account, call, answer, cancellationToken);
        }

        AlertPage page;
        try
        {
            page = list.Read(answer.Body, position, from);
        }
        catch (JsonException e)
        {
            return await FailAsync(held, account, call, new AlertAnswer(default, Unreadable, e.Message), cancellationToken);
        }

        var (groups, trouble) = await GroupsAsync(account, page.Alerts, cancellationToken);
        if (trouble is { Code: { } code } && PollVerdicts.Of(code) != PollVerdict.Refused)
        {
            return await FailAsync(held, account, AssetLookup.CallOf([]), trouble, cancellationToken);
        }

        var result = await intake.AcceptAsync([.. page.Alerts.Select(alert => SourceEvents.OfAlert(source,
            alert with { GroupId = alert.GroupId ?? (alert.InstanceId is { } id ? groups.GetValueOrDefault(id) : null) }))]);
        if (result.IsBusy)
        {
            return await FailAsync(held, account, call, new AlertAnswer(default, Busy), cancellationToken);
        }

        // Without the groups an alert is told all the same; that chatbots for some groups do not hear it is said.
        var said = trouble?.Code is { } refusal ? StoredReasons.Write(new Reason("PollNoGroups", refusal)) : null;
        return await store.WriteAsync(held, poll =>
        {
            (poll.LastAt, poll.Trouble, poll.Failures, poll.PausedFor) = (time.GetUtcNow(), said, 0, null);
            poll.Found = found + result.Accepted;
            if (page.Next is { } next)
            {
                (poll.Position, poll.BeganAt) = (next.Write(), began);
            }
            else
            {
                (poll.Position, poll.BeganAt, poll.ReadUpTo, poll.CompletedAt) = (null, null, began, poll.LastAt);
                poll.NextAt = began + TimeSpan.FromMinutes(plan.Minutes);
            }

            if (page.Next is null || isLast)
            {
                poll.NextAt = page.Next is null ? poll.NextAt : time.GetUtcNow() + BetweenTurns;
                poll.EndLease();
            }
        }, cancellationToken) && page.Next is not null && !isLast;
    }

    private async Task<(IReadOnlyDictionary<string, string> Groups, AlertAnswer? Trouble)> GroupsAsync(AlertAccount account,
        IReadOnlyList<FoundAlert> alerts, CancellationToken cancellationToken)
    {
        Dictionary<string, string> groups = [];
        var asked = alerts.Where(alert => alert.GroupId is null).Select(alert => alert.InstanceId).OfType<string>().Distinct();
        foreach (var instances in asked.Chunk(AssetLookup.Most))
        {
            var answer = await accounts.CallAsync(account.Id, AssetLookup.CallOf(instances), cancellationToken);
            if (answer.Code is not null)
            {
                return (groups, answer);
            }

            try
            {
                foreach (var (instance, group) in AssetLookup.Read(answer.Body))
                {
                    groups[instance] = group;
                }
            }
            catch (JsonException e)
            {
                return (groups, new AlertAnswer(default, Unreadable, e.Message));
            }
        }

        return (groups, null);
    }

    private async Task<bool> FailAsync(SourcePoll held, AlertAccount account, AlertCall call, AlertAnswer answer,
        CancellationToken cancellationToken)
    {
        var verdict = PollVerdicts.Of(answer.Code!);
        var (code, detail) = (answer.Code!, answer.Detail ?? "");
        var reason = verdict switch
        {
            PollVerdict.Refused when PollVerdicts.IsRight(code) => new Reason("PollNoRight", code, call.Action, detail),
            PollVerdict.Refused => new Reason("PollRefused", code, call.Action, detail),
            PollVerdict.Throttled => new Reason("PollThrottled", code, call.Action, detail),
            PollVerdict.Passing => code switch
            {
                Unreadable => new Reason("PollUnreadable", call.Action),
                Busy => new Reason("PollBusy"),
                _ => new Reason("PollFailed", code, call.Action, detail),
            },
        };
        await store.WriteAsync(held, poll =>
        {
            var now = time.GetUtcNow();
            (poll.LastAt, poll.Trouble, poll.Failures) = (now, StoredReasons.Write(reason), poll.Failures + 1);
            poll.PausedFor = verdict == PollVerdict.Refused ? PausedFor(account) : null;
            poll.NextAt = now + (answer.RetryAfter is { } wait && wait > PauseAfter(poll.Failures) ? wait : PauseAfter(poll.Failures));
            poll.EndLease();
        }, cancellationToken);
        return false;
    }

    /// <summary>What a poll is paused for: this account as it stands.</summary>
    public static string PausedFor(AlertAccount account) => string.Create(CultureInfo.InvariantCulture, $"{account.Id}:{account.Version}");

    private static TimeSpan PauseAfter(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures - 1, 10));
        return pause < LongestPause ? pause : LongestPause;
    }
}
