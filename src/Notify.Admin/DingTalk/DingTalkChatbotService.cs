using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>What came of testing a draft: an outcome, or the refusals that keep it from being sent.</summary>
public sealed record DraftTestResult(DraftTest? Test, IReadOnlyList<FieldRefusal> Refusals);

/// <summary>Everything people and the vendor's API do with chatbots.</summary>
internal sealed class DingTalkChatbotService(
    DingTalkChatbotStore store,
    ChatbotWriter writer,
    DingTalkChannel channel,
    IDeliveryDesk desk,
    AuditTrail audit,
    TimeProvider time)
{
    private static readonly string SubjectKind = AuditedChannel.KindOf(ChannelKind.DingTalk);

    /// <summary>Which chatbots are restricted to each asset group.</summary>
    public Task<IReadOnlyDictionary<string, GroupUse>> GroupUsesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.GroupUsesAsync(cancellationToken);
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

    public async Task<SaveResult<DingTalkChatbot>> SaveAsync(ChatbotChange change, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);

        // One that expects a version is a conflict at its second try; a program's is tried each time on what is stored then.
        return await Contention.TryAsync("chatbot", async () =>
            await TrySaveAsync(change, actor, cancellationToken) is { } result ? (true, result) : (false, null!));
    }

    /// <summary>Gives one a tag, or takes it away.</summary>
    public async Task<TagOutcome> TagAsync(int id, TagChange change, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await Contention.TryAsync("chatbot", async () =>
        {
            if (await store.FindAsync(id, cancellationToken) is not { } stored)
            {
                return (true, TagOutcome.Gone);
            }

            if (change.Apply(ChannelTags.Read(stored.Tags)) is var (tags, outcome) && tags is null)
            {
                return (true, outcome);
            }

            var wanted = new ChatbotChange { Id = id, ExpectedVersion = stored.Version, Name = stored.Name, Tags = tags };
            return await TrySaveAsync(wanted, actor, cancellationToken) switch
            {
                Saved<DingTalkChatbot> => (true, outcome),
                Gone<DingTalkChatbot> => (true, TagOutcome.Gone),
                Invalid<DingTalkChatbot> => (true, TagOutcome.Refused),
                _ => (false, outcome),
            };
        });
    }

    /// <summary>The delivery settings of those that exist.</summary>
    public async Task<IReadOnlyDictionary<int, ChannelDelivery>> ListDeliveryAsync(
        IReadOnlyCollection<int> ids, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return (await store.FindAllAsync(ids, cancellationToken)).ToDictionary(stored => stored.Id, DeliveryOf);
    }

    /// <summary>Gives one these delivery settings; it keeps the others.</summary>
    public async Task<DeliveryVerdict> SetDeliveryAsync(int id, DeliveryChange change, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await Contention.TryAsync("chatbot", async () =>
        {
            if (await store.FindAsync(id, cancellationToken) is not { } stored)
            {
                return (true, new DeliveryVerdict(DeliveryOutcome.Gone));
            }

            var verdict = change.Apply(new ChannelKey(ChannelKind.DingTalk, id), DeliveryOf(stored));
            if (verdict.After is not { } after)
            {
                return (true, verdict);
            }

            var wanted = new ChatbotChange
            {
                Id = id,
                ExpectedVersion = stored.Version,
                Name = stored.Name,
                IntervalMinutes = after.IntervalMinutes,
                Delivery = after.Policy,
            };
            return await TrySaveAsync(wanted, actor, cancellationToken) switch
            {
                Saved<DingTalkChatbot> => (true, verdict),
                Gone<DingTalkChatbot> => (true, new DeliveryVerdict(DeliveryOutcome.Gone)),
                Invalid<DingTalkChatbot> => (true, new DeliveryVerdict(DeliveryOutcome.Refused)),
                _ => (false, verdict),
            };
        });
    }

    /// <summary>Deletes all of them, or none when one does not exist.</summary>
    /// <returns>The ids that do not exist; empty when all were deleted.</returns>
    public async Task<IReadOnlyList<int>> DeleteAsync(IReadOnlyCollection<int> ids, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await ForAllAsync(ids, found => store.DeleteAsync(
            [.. found.Select(c => c.Id)],
            [.. found.Select(c => audit.Entry(actor, "dingtalk-chatbot.delete", SubjectOf(c),
            ChatbotFields.Table.Difference(ChatbotView.Of(c), null)))],
            cancellationToken), cancellationToken);
    }

    /// <summary>Switches all of them on or off, or none when one does not exist.</summary>
    /// <returns>The ids that do not exist; empty when all were switched.</returns>
    public async Task<IReadOnlyList<int>> SwitchAsync(IReadOnlyCollection<int> ids, bool isOn, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await ForAllAsync(ids, found => TrySwitchAsync(found, isOn, actor, cancellationToken), cancellationToken);
    }

    /// <summary>Switches one on or off; off ends what waits for it as skipped.</summary>
    public async Task<SwitchOutcome> SwitchAsync(int id, bool isOn, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await Contention.TryAsync("chatbot", async () => await store.FindAsync(id, cancellationToken) switch
        {
            null => (true, SwitchOutcome.Gone),
            { IsOn: var was } when was == isOn => (true, SwitchOutcome.WasSo),
            var stored => (await TrySwitchAsync([stored], isOn, actor, cancellationToken), SwitchOutcome.Done),
        });
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
        var (draft, refusals) = await writer.ApplyAsync(stored, change, actor.Name, cancellationToken);
        var inTheWay = refusals.Where(refusal => refusal.Field is nameof(ChatbotFormModel.Webhook) or nameof(ChatbotFormModel.Secret)
            or nameof(ChatbotFormModel.Keyword) or nameof(ChatbotFormModel.Mobiles)).ToList();
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
    /// <returns>False when it says nothing about what is stored.</returns>
    public async Task<bool> TakeTestAsync(int id, DraftTest test, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (test.Settings is null || await store.FindAsync(id, cancellationToken) is not { } chatbot
            || test.Settings != await channel.FingerprintTestedAsync(channel.ToDestination(chatbot), cancellationToken))
        {
            return false;
        }

        await desk.AdoptTestAsync(new ChannelKey(ChannelKind.DingTalk, id), test.Outcome, cancellationToken);
        return true;
    }

    /// <returns>Null when somebody else's save came first.</returns>
    private async Task<SaveResult<DingTalkChatbot>?> TrySaveAsync(ChatbotChange change, Actor actor, CancellationToken cancellationToken)
    {
        var stored = change.Id is { } id ? await store.FindAsync(id, cancellationToken) : null;
        if (change.Id is not null && stored is null)
        {
            return new Gone<DingTalkChatbot>();
        }

        if (stored is not null && change.ExpectedVersion is { } expected && expected != stored.Version)
        {
            return new Conflict<DingTalkChatbot>(stored);
        }

        var (chatbot, refusals) = await writer.ApplyAsync(stored, change, actor.Name, cancellationToken);
        if (refusals.Count > 0)
        {
            return new Invalid<DingTalkChatbot>(refusals);
        }

        if (await store.SaveAsync(chatbot, saved => Entry(actor, stored, saved), cancellationToken) != StoreOutcome.Saved)
        {
            return null;
        }

        if (stored is not null && !ChatbotFields.Table.IsTestedAs(ChatbotView.Of(stored), ChatbotView.Of(chatbot)))
        {
            await desk.ForgetTestAsync(new ChannelKey(ChannelKind.DingTalk, chatbot.Id));
        }

        return new Saved<DingTalkChatbot>(chatbot);
    }

    /// <returns>False where one of them is gone meanwhile.</returns>
    private Task<bool> TrySwitchAsync(IReadOnlyList<DingTalkChatbot> found, bool isOn, Actor actor, CancellationToken cancellationToken) =>
        store.SwitchAsync(
            [.. found.Select(c => c.Id)],
            isOn,
            time.GetUtcNow(),
            actor.Name,
            [.. found.Select(c => audit.Entry(actor, "dingtalk-chatbot.update", SubjectOf(c),
            [new FieldChange("status", Status(c.IsOn), Status(isOn))]))],
            cancellationToken);

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
        ChatbotFields.Table.Difference(before is null ? null : ChatbotView.Of(before), ChatbotView.Of(after)));

    private static AuditSubject SubjectOf(DingTalkChatbot chatbot) =>
        new(SubjectKind, chatbot.Id.ToString(CultureInfo.InvariantCulture), chatbot.Name);

    private static ChannelDelivery DeliveryOf(DingTalkChatbot chatbot) => new(chatbot.IntervalMinutes, chatbot.Delivery);

    private static string Status(bool isOn) => isOn ? "1" : "0";
}
