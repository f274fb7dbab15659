using Notify.Admin.DingTalk;
using Notify.Admin.Rules;

namespace Notify.Admin.VendorAccounts;

/// <summary>What can be done with a chatbot of an account.</summary>
public enum ImportStanding
{
    /// <summary>It can be created here, once its webhook is entered.</summary>
    New = 1,

    /// <summary>A chatbot here is linked to it.</summary>
    Linked = 2,

    /// <summary>A chatbot here has its name: link that one, or rename it.</summary>
    NameTaken = 3,

    /// <summary>Its name, interval or rules cannot be kept here.</summary>
    NotKept = 4,
}

/// <param name="Chatbot">The chatbot here that is linked to it, or has its name.</param>
internal sealed record ImportRow(VendorChatbot There, ImportStanding Standing, int? Chatbot);

internal static class ImportPlan
{
    /// <summary>The chatbots of an account, by name, beside what is here.</summary>
    /// <param name="links">Of that account.</param>
    public static IReadOnlyList<ImportRow> Make(
        IEnumerable<VendorChatbot> there, IEnumerable<ChannelLink> links, IEnumerable<DingTalkChatbot> here)
    {
        var linked = links.Where(link => link.VendorId is not null).ToLookup(link => link.VendorId!.Value, link => link.ChannelId);
        var named = here.ToLookup(chatbot => chatbot.Name, chatbot => chatbot.Id, StringComparer.Ordinal);
        return [.. there.OrderBy(chatbot => chatbot.Name, StringComparer.Ordinal).ThenBy(chatbot => chatbot.Id).Select(chatbot =>
            linked[chatbot.Id].Any() ? new ImportRow(chatbot, ImportStanding.Linked, linked[chatbot.Id].First())
            : named[chatbot.Name].Any() ? new ImportRow(chatbot, ImportStanding.NameTaken, named[chatbot.Name].First())
            : new ImportRow(chatbot, CanBeKept(chatbot) ? ImportStanding.New : ImportStanding.NotKept, null))];
    }

    private static bool CanBeKept(VendorChatbot chatbot) =>
        ConfigList.Parse(chatbot.ConfigList).List is not null && chatbot.IntervalMinutes is >= 0 and <= int.MaxValue;
}
