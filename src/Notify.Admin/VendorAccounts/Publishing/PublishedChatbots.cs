using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>Says which chatbots are published with an account, and how they stand; and on the overview, which are not there as they were
/// published.</summary>
internal sealed class PublishedChatbots(ChatbotLinkStore store, DingTalkChatbotService chatbots,
    IStringLocalizer<VendorAccountText> texts) : IVendorAccountUser, IAttentionSource
{
    public async Task<IReadOnlyList<VendorAccountUse>> ListUsesAsync(int account, CancellationToken cancellationToken)
    {
        List<VendorAccountUse> uses = [];
        foreach (var link in await store.ListAsync(account, cancellationToken))
        {
            if (await chatbots.FindAsync(link.ChatbotId, Actor.System, cancellationToken) is { } chatbot)
            {
                uses.Add(new(chatbot.Name, texts[$"Standing.{PublishStandings.Of(link, chatbot)}"], HrefOf(link)));
            }
        }

        return uses;
    }

    public async Task<IReadOnlyList<Attention>> ListAsync(CancellationToken cancellationToken)
    {
        List<Attention> found = [];
        foreach (var link in await store.ListAsync(null, cancellationToken))
        {
            var chatbot = await chatbots.FindAsync(link.ChatbotId, Actor.System, cancellationToken);
            var standing = PublishStandings.Of(link, chatbot);
            if (standing is PublishStanding.Drifted or PublishStanding.GoneThere or PublishStanding.GoneHere)
            {
                found.Add(new(texts[$"Attention.{standing}", link.Name], texts[$"Attention.{standing}.Text"], null,
                    standing == PublishStanding.GoneHere ? $"accounts/{link.AccountId}" : HrefOf(link), link.ReadAt, IsUrgent: false));
            }
        }

        return found;
    }

    private static string HrefOf(ChatbotLink link) => $"dingtalk/chatbots/{link.ChatbotId}?tab=destination";
}
