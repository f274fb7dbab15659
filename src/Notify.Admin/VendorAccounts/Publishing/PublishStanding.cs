using Notify.Admin.DingTalk;

namespace Notify.Admin.VendorAccounts;

/// <summary>How what is published stands to what is here.</summary>
public enum PublishStanding
{
    NotPublished = 1,

    InSync = 2,

    /// <summary>It was changed here since.</summary>
    ChangedHere = 3,

    /// <summary>It was changed there since.</summary>
    Drifted = 4,

    /// <summary>It was deleted there.</summary>
    GoneThere = 5,

    /// <summary>The chatbot was deleted here; it is still there.</summary>
    GoneHere = 6,
}

internal static class PublishStandings
{
    /// <param name="chatbot">Null where it has been deleted here.</param>
    public static PublishStanding Of(ChatbotLink link, DingTalkChatbot? chatbot) =>
        chatbot is null ? PublishStanding.GoneHere
        : link.PublishedChatbot is not { } published ? PublishStanding.NotPublished
        : link.SeenChatbot is not { } seen ? PublishStanding.GoneThere
        : Drift(seen, published).Count > 0 ? PublishStanding.Drifted
        : PublishPlan.Compare(published, VendorChatbot.Of(chatbot), link.PublishedRobot == chatbot.Fingerprint).Count > 0
            ? PublishStanding.ChangedHere
            : PublishStanding.InSync;

    /// <summary>What was changed there since it was published.</summary>
    public static IReadOnlyList<PublishChange> Drift(VendorChatbot seen, VendorChatbot published) =>
        PublishPlan.Compare(published, seen, VendorChatbot.IsSameRobot(seen, published) != false);
}
