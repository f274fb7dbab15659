using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>Says which chatbots are published with an account, and how they stand; and on the overview, which are not there as they were
/// published.</summary>
internal sealed class PublishedChatbots(ChatbotLinkStore store, DingTalkChatbotStore chatbots,
    IStringLocalizer<VendorAccountText> texts) : IVendorAccountUser, IAttentionSource
{
    public async Task<IReadOnlyList<VendorAccountUse>> ListUsesAsync(int account, CancellationToken cancellationToken)
    {
        List<VendorAccountUse> uses = [];
        foreach (var (link, found) in await WithChatbotsAsync(account, cancellationToken))
        {
            if (found is { } chatbot)
            {
                uses.Add(new(chatbot.Name, texts[$"Standing.{PublishStandings.Of(link, chatbot)}"], HrefOf(link)));
            }
        }

        return uses;
    }

    public async Task<IReadOnlyList<Attention>> ListAsync(CancellationToken cancellationToken)
    {
        List<Attention> found = [];
        foreach (var (link, chatbot) in await WithChatbotsAsync(null, cancellationToken))
        {
            var standing = PublishStandings.Of(link, chatbot);
            if (standing is PublishStanding.Drifted or PublishStanding.GoneThere or PublishStanding.GoneHere)
            {
                var isGoneHere = standing == PublishStanding.GoneHere;
                found.Add(new(texts[$"Attention.{standing}", link.Name], texts[$"Attention.{standing}.Text"], null,
                    isGoneHere ? $"accounts/{link.AccountId}" : HrefOf(link), null, IsUrgent: false)
                {
                    Policy = isGoneHere ? Policies.Administer : Policies.View,
                });
            }
        }

        return found;
    }

    // Null for a chatbot that was deleted here.
    private async Task<IEnumerable<(ChatbotLink Link, DingTalkChatbot? Chatbot)>> WithChatbotsAsync(
        int? account, CancellationToken cancellationToken)
    {
        var links = await store.ListAsync(account, cancellationToken);
        var found = (await chatbots.FindAllAsync([.. links.Select(link => link.ChatbotId)], cancellationToken))
            .ToDictionary(chatbot => chatbot.Id);
        return links.Select(link => (link, found.GetValueOrDefault(link.ChatbotId)));
    }

    private static string HrefOf(ChatbotLink link) => $"dingtalk/chatbots/{link.ChatbotId}?tab=destination";
}
