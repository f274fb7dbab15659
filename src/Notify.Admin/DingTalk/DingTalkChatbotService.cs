using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>What came of testing a draft: an outcome, or the problems that keep it from being sent.</summary>
public sealed record DraftTestResult(DraftTest? Test, IReadOnlyList<ChatbotProblem> Problems);

/// <summary>Everything people and the vendor's API do with chatbots.</summary>
internal sealed class DingTalkChatbotService(
    DingTalkChatbotStore store,
    ChatbotWriter writer,
    DingTalkChannel channel,
    IDeliveryDesk desk,
    AuditTrail audit,
    TimeProvider time)
{
    private const string SubjectKind = "dingtalk-chatbot";

    /// <summary>All of them, by name.</summary>
    public Task<IReadOnlyList<DingTalkChatbot>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.ListAsync(cancellationToken);
    }

    /// <summary>The newest first.</summary>
    /// <param name="namePart">Null or empty: every name.</param>
    /// <param name="page">From 1.</param>
    public Task<ChatbotPage> FindPageAsync(string? namePart, int page, int pageSize, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.FindPageAsync(namePart, page, pageSize, cancellationToken);
    }

    /// <returns>Null where there is none.</returns>
    public Task<DingTalkChatbot?> FindAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.FindAsync(id, cancellationToken);
    }

    public async Task<ChatbotSaveResult> SaveAsync(ChatbotChange change, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);

        // One that expects a version is a conflict at its second try; a program's is tried each time on what is stored then.
        return await Contention.TryAsync("chatbot", async () =>
            await TrySaveAsync(change, actor, cancellationToken) is { } result ? (true, result) : (false, null!));
    }

    /// <summary>Deletes all of them, or none when one does not exist.</summary>
    /// <returns>The ids that do not exist; empty when all were deleted.</returns>
    public async Task<IReadOnlyList<int>> DeleteAsync(IReadOnlyCollection<int> ids, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await ForAllAsync(ids, found => store.DeleteAsync(
            [.. found.Select(c => c.Id)],
            [.. found.Select(c => audit.Entry(actor, "dingtalk-chatbot.delete", SubjectOf(c),
            AuditTrail.Difference(Describe(c), Nothing)))],
            cancellationToken), cancellationToken);
    }

    /// <summary>Switches all of them on or off, or none when one does not exist.</summary>
    /// <returns>The ids that do not exist; empty when all were switched.</returns>
    public async Task<IReadOnlyList<int>> SwitchAsync(IReadOnlyCollection<int> ids, bool isOn, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await ForAllAsync(ids, found => store.SwitchAsync(
            [.. found.Select(c => c.Id)],
            isOn,
            time.GetUtcNow(),
            actor.Name,
            [.. found.Select(c => audit.Entry(actor, "dingtalk-chatbot.update", SubjectOf(c),
            [new FieldChange("status", Status(c.IsOn), Status(isOn))]))],
            cancellationToken), cancellationToken);
    }

    /// <summary>Sends a test to a saved chatbot.</summary>
    /// <returns>Null where there is none.</returns>
    public async Task<TestOutcome?> TestAsync(int id, TestChoice choice, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        return await channel.FindAsync(id, cancellationToken) is { } destination
            ? await desk.SendTestAsync(destination, choice, actor, cancellationToken) : null;
    }

    /// <summary>Sends a test to what is typed and not saved. What has no part in sending may still be wrong.</summary>
    public async Task<DraftTestResult> TestDraftAsync(ChatbotChange change, TestChoice choice, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var stored = change.Id is { } id ? await store.FindAsync(id, cancellationToken) : null;
        var (draft, problems) = await writer.ApplyAsync(stored, change, actor.Name, cancellationToken);
        var inTheWay = problems
            .Where(problem => problem.Field is ChatbotField.Webhook or ChatbotField.Secret or ChatbotField.Keyword or ChatbotField.Mobiles)
            .ToList();
        if (inTheWay.Count > 0)
        {
            return new DraftTestResult(null, inTheWay);
        }

        // Not recorded as a test of the saved chatbot, which is another until the draft is saved.
        var destination = channel.ToDestination(draft);
        var outcome = await desk.SendTestAsync(
            destination with { Key = destination.Key with { Id = 0 } }, choice, actor, cancellationToken);
        return new DraftTestResult(new DraftTest(outcome, await channel.FingerprintTestedAsync(destination, cancellationToken)), []);
    }

    /// <summary>Takes a draft's test as that of the saved chatbot, if the chatbot is stored with just what was tested.</summary>
    public async Task TakeTestAsync(int id, DraftTest test, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (test.Settings is not null && await store.FindAsync(id, cancellationToken) is { } chatbot
            && test.Settings == await channel.FingerprintTestedAsync(channel.ToDestination(chatbot), cancellationToken))
        {
            await desk.AdoptTestAsync(new ChannelKey(ChannelKind.DingTalk, id), test.Outcome, cancellationToken);
        }
    }

    /// <returns>Null when somebody else's save came first.</returns>
    private async Task<ChatbotSaveResult?> TrySaveAsync(ChatbotChange change, Actor actor, CancellationToken cancellationToken)
    {
        var stored = change.Id is { } id ? await store.FindAsync(id, cancellationToken) : null;
        if (change.Id is not null && stored is null)
        {
            return new ChatbotSaveResult(ChatbotSaveOutcome.Gone, null, []);
        }

        if (stored is not null && change.ExpectedVersion is { } expected && expected != stored.Version)
        {
            return new ChatbotSaveResult(ChatbotSaveOutcome.Conflict, stored, []);
        }

        var (chatbot, problems) = await writer.ApplyAsync(stored, change, actor.Name, cancellationToken);
        if (problems.Count > 0)
        {
            return new ChatbotSaveResult(ChatbotSaveOutcome.Invalid, null, problems);
        }

        return await store.SaveAsync(chatbot, saved => Entry(actor, stored, saved), cancellationToken) == StoreOutcome.Saved
            ? new ChatbotSaveResult(ChatbotSaveOutcome.Saved, chatbot, [])
            : null;
    }

    private Task<IReadOnlyList<int>> ForAllAsync(
        IReadOnlyCollection<int> ids, Func<IReadOnlyList<DingTalkChatbot>, Task<bool>> change, CancellationToken cancellationToken) =>
        Contention.TryAsync<IReadOnlyList<int>>("chatbot", async () =>
        {
            var found = await store.FindAllAsync(ids, cancellationToken);
            var missing = ids.Except(found.Select(c => c.Id)).ToList();
            return (missing.Count > 0 || await change(found), missing);
        });

    private AuditEntry Entry(Actor actor, DingTalkChatbot? before, DingTalkChatbot after) => audit.Entry(
        actor,
        before is null ? "dingtalk-chatbot.create" : "dingtalk-chatbot.update",
        SubjectOf(after),
        AuditTrail.Difference(before is null ? Nothing : Describe(before), Describe(after)));

    private static readonly IReadOnlyDictionary<string, string?> Nothing = new Dictionary<string, string?>();

    private static AuditSubject SubjectOf(DingTalkChatbot chatbot) =>
        new(SubjectKind, chatbot.Id.ToString(CultureInfo.InvariantCulture), chatbot.Name);

    private static string Status(bool isOn) => isOn ? "1" : "0";

    /// <summary>A chatbot as the audit trail writes it.</summary>
    public static Dictionary<string, string?> Describe(DingTalkChatbot chatbot) =>
        DescribeOwn(chatbot).Concat(DeliveryPolicyField.All.Select(part =>
            KeyValuePair.Create(part.AuditName, (string?)part.Read(chatbot.Delivery)))).ToDictionary();

    private static Dictionary<string, string?> DescribeOwn(DingTalkChatbot chatbot) => new()
    {
        ["name"] = chatbot.Name,
        ["url"] = chatbot.MaskedUrl,
        ["securityMode"] = chatbot.SecurityMode.ToString(),
        ["secret"] = chatbot.Secret?.ToString(),
        ["keyword"] = chatbot.Keyword,
        ["intervalTime"] = chatbot.IntervalMinutes.ToString(CultureInfo.InvariantCulture),
        ["dingTalkLang"] = chatbot.Language.ToString(),
        ["mention"] = chatbot.Mention.ToString(),
        ["mobiles"] = chatbot.MentionMobiles,
        ["groupIdList"] = chatbot.GroupIdList,
        ["configList"] = chatbot.ConfigList,
        ["status"] = Status(chatbot.IsOn),
    };
}
