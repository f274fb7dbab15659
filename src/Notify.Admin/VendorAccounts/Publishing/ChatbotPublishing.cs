using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>DingTalk chatbots at Security Center.</summary>
internal sealed class ChatbotPublishing(VendorChatbots vendor, DingTalkChatbotService chatbots, DingTalkChatbotStore store,
    SecretProtector protector) : IPublishVendor
{
    public ChannelKind Channels => ChannelKind.DingTalk;

    public VendorKind Vendor => VendorKind.SecurityCenter;

    public bool TellsWhatItHas => true;

    public async Task<IReadOnlyDictionary<int, PublishedHere>> FindAsync(
        IReadOnlyCollection<int>? channels, CancellationToken cancellationToken) =>
        (channels is null ? (await store.FindPageAsync(null, 1, int.MaxValue, cancellationToken)).Chatbots
            : await store.FindAllAsync(channels, cancellationToken))
            .ToDictionary(chatbot => chatbot.Id, chatbot => new PublishedHere(VendorChatbot.Of(chatbot), chatbot.Fingerprint));

    public async Task<(VendorAnswer Answer, IReadOnlyList<VendorChannel>? All)> ListAsync(
        int account, CancellationToken cancellationToken) => await vendor.ListAsync(account, cancellationToken);

    public async Task<VendorAnswer> CallAsync(
        int account, ChannelKey channel, PublishStep step, PublishPlan plan, CancellationToken cancellationToken)
    {
        var wanted = (VendorChatbot)plan.Wanted;
        if (step == PublishStep.Switch)
        {
            return await vendor.SwitchAsync(account, plan.There!.Id, wanted.IsOn, cancellationToken);
        }

        if (await store.FindAsync(channel.Id, cancellationToken) is not { } chatbot)
        {
            return new VendorAnswer(VendorCodes.LinkGone);
        }

        try
        {
            var webhook = $"{chatbot.WebhookBase}?{WebhookUrl.TokenParameter}={protector.Unprotect(chatbot.AccessToken)}";
            return await vendor.SaveAsync(account, plan.There?.Id, wanted, webhook, cancellationToken);
        }
        catch (SecretUnreadableException)
        {
            return new VendorAnswer(VendorCodes.WebhookUnreadable);
        }
    }

    public async Task<VendorAnswer?> RemoveAsync(
        ChannelLink link, IReadOnlyList<VendorChannel>? all, CancellationToken cancellationToken) =>
        all!.FirstOrDefault(there => there.Id == link.VendorId) is { } found
            ? await vendor.DeleteAsync(link.AccountId, found.Id, cancellationToken) : null;

    // The robot stays: the vendor does not show it whole.
    public async Task<VendorChannel?> AcceptAsync(
        int channel, VendorChannel seen, VendorChannel published, Actor actor, CancellationToken cancellationToken)
    {
        var before = (VendorChatbot)published;
        var there = (VendorChatbot)seen with { Url = before.Url, Tail = before.Tail };
        var changed = PublishStandings.Drift(there, before).Select(change => change.Field).ToHashSet();
        var rules = ConfigList.Parse(there.ConfigList).List;
        if (changed.Count == 0 || (changed.Contains(VendorChatbot.RulesField) && rules is null) || there.IntervalMinutes > int.MaxValue)
        {
            return null;
        }

        return await Contention.TryAsync<VendorChannel?>("chatbot", async () =>
        {
            if (await store.FindAsync(channel, cancellationToken) is not { } stored)
            {
                return (true, null);
            }

            var saved = await chatbots.SaveAsync(new ChatbotChange
            {
                Id = channel,
                ExpectedVersion = stored.Version,
                Name = changed.Contains(VendorChatbot.NameField) ? there.Name : stored.Name,
                IntervalMinutes = changed.Contains(VendorChatbot.IntervalField) ? (int)there.IntervalMinutes : null,
                Rules = changed.Contains(VendorChatbot.RulesField) ? rules : null,
                GroupIds = changed.Contains(VendorChatbot.GroupsField) ? there.GroupIds : null,
                IsOn = changed.Contains(PublishPlan.Status) ? there.IsOn : null,
                Language = !changed.Contains(VendorChatbot.LanguageField) ? null
                    : there.Language == "en" ? DingTalkLanguage.En : DingTalkLanguage.Zh,
            }, actor, cancellationToken);
            return (saved is not Conflict<DingTalkChatbot>, saved is Saved<DingTalkChatbot> ? there : null);
        });
    }
}
