using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

public enum ImportResult
{
    Imported = 1,

    /// <summary>The account has no such chatbot, or could not be read.</summary>
    NotThere = 2,

    /// <summary>It is linked already, its name is taken, or it cannot be kept here.</summary>
    NotNew = 3,

    /// <summary>The webhook is not that of its robot, or breaks a rule.</summary>
    Refused = 4,
}

/// <param name="Chatbot">The new chatbot's id.</param>
/// <param name="Reason">Why it was refused, in the reader's language.</param>
internal sealed record ImportOutcome(ImportResult Result, VendorAnswer Answer, int? Chatbot = null, string? Reason = null);

/// <summary>Creates chatbots here of those that an account has, linked to them. The vendor shows webhooks masked, so whoever imports enters
/// each; there is no chatbot here that cannot send.</summary>
internal sealed class ImportService(VendorChatbots vendor, ChannelLinkStore links, VendorAccountStore accounts,
    DingTalkChatbotService chatbots, WebhookAllowList webhooks, DingTalkExplanations explanations, ChangeFeed feed,
    SecretProtector protector, Fingerprints fingerprints, AuditTrail trail, TimeProvider time)
{
    private static readonly string[] Areas = [ChangeAreas.Channels, ChangeAreas.VendorAccounts];

    /// <summary>The chatbots of the account, and what can be done with each.</summary>
    /// <returns>None, and why, where they could not be read.</returns>
    public async Task<(IReadOnlyList<ImportRow> Rows, VendorAnswer Answer)> PlanAsync(
        int account, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        var (answer, there) = await vendor.ListAsync(account, cancellationToken);
        return answer.IsAccepted
            ? (ImportPlan.Make(there, await links.ListAsync(account, cancellationToken),
                (await chatbots.FindPageAsync(null, 1, int.MaxValue, actor, cancellationToken)).Chatbots), answer)
            : ([], answer);
    }

    /// <summary>Reads the account again and creates one of its chatbots here, as it is there, linked to it.</summary>
    /// <param name="webhook">Of its robot, whole.</param>
    public async Task<ImportOutcome> ImportAsync(
        int account, int vendorId, string webhook, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        var (rows, answer) = await PlanAsync(account, actor, cancellationToken);
        if (rows.FirstOrDefault(row => row.There.Id == vendorId) is not { } found
            || await accounts.FindAsync(account, cancellationToken) is not { } from)
        {
            return new ImportOutcome(ImportResult.NotThere, answer);
        }

        if (found.Standing != ImportStanding.New)
        {
            return new ImportOutcome(ImportResult.NotNew, answer, found.Chatbot);
        }

        if (!webhooks.TryRead(webhook, out var robot, out var refusal))
        {
            return new ImportOutcome(ImportResult.Refused, answer, Reason: explanations.Explain(refusal));
        }

        return robot.Token.EndsWith(found.There.Tail, StringComparison.Ordinal)
            ? await CreateAsync(found.There, from, webhook, answer, actor, cancellationToken)
            : new ImportOutcome(ImportResult.Refused, answer);
    }

    private async Task<ImportOutcome> CreateAsync(VendorChatbot there, VendorAccount account, string webhook, VendorAnswer answer,
        Actor actor, CancellationToken cancellationToken)
    {
        // Keys that would be made in the transaction would go with it, and be remembered.
        protector.CurrentKey();
        await fingerprints.OfAsync("", cancellationToken);
        var outcome = new ImportOutcome(ImportResult.NotNew, answer);
        await feed.ChangeTogetherAsync(Areas, async () =>
        {
            var saved = await chatbots.SaveAsync(new ChatbotChange
            {
                Name = there.Name, Webhook = webhook, IntervalMinutes = (int)there.IntervalMinutes, IsOn = there.IsOn,
                Rules = ConfigList.Parse(there.ConfigList).List, GroupIds = there.GroupIds,
                Language = there.Language == "en" ? DingTalkLanguage.En : DingTalkLanguage.Zh,
            }, actor, cancellationToken);
            if (saved is not Saved<DingTalkChatbot> { Stored: var chatbot })
            {
                outcome = new ImportOutcome(ImportResult.Refused, answer, Reason: saved is Invalid<DingTalkChatbot> invalid
                    ? string.Join(" ", invalid.Refusals.Select(explanations.Explain)) : null);
                return false;
            }

            var now = time.GetUtcNow();
            var link = new ChannelLink
            {
                Kind = ChannelKind.DingTalk, ChannelId = chatbot.Id, AccountId = account.Id, Name = chatbot.Name,
                NextReadAt = now + PublishWork.DriftEvery, CreatedAt = now,
            };
            link.TakePublished(VendorChatbot.Of(chatbot), chatbot.Fingerprint, there.Id);
            link.See(there, now);
            var isLinked = await links.AddAsync(link, trail.Entry(actor, "dingtalk-chatbot.link",
                new AuditSubject(AuditedChannel.KindOf(ChannelKind.DingTalk), chatbot.Id.ToString(CultureInfo.InvariantCulture),
                    chatbot.Name),
                [new FieldChange("account", null, account.Name)]), cancellationToken);
            outcome = isLinked ? new ImportOutcome(ImportResult.Imported, answer, chatbot.Id) : outcome;
            return isLinked;
        }, cancellationToken);
        return outcome;
    }
}
