using System.Text.Json;

namespace Notify.Admin.VendorAccounts;

/// <summary>A chatbot of ours that is published to an account. It stays when the chatbot is deleted here, until what was published is gone
/// there, too.</summary>
public sealed class ChatbotLink
{
    /// <summary>The chatbot's, here.</summary>
    public int ChatbotId { get; init; }

    public int AccountId { get; init; }

    /// <summary>What the chatbot was called when it was last published or linked.</summary>
    public required string Name { get; set; }

    /// <summary>Its id there; null while it was not published.</summary>
    public int? VendorId { get; set; }

    /// <summary>What was last published, as JSON; null while nothing was.</summary>
    public string? Published { get; set; }

    /// <summary>The keyed fingerprint of the robot that was last published: the vendor does not show it whole.</summary>
    public string? PublishedRobot { get; set; }

    /// <summary>What the vendor showed when it was last read, as JSON; null where it was not there.</summary>
    public string? Seen { get; set; }

    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>What the last reading came to: <see cref="VendorCodes.Accepted"/>, or why it could not be read.</summary>
    public string? ReadCode { get; set; }

    /// <summary>When it is read again to look for drift.</summary>
    public DateTimeOffset NextReadAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    internal VendorChatbot? PublishedChatbot => Read(Published);

    internal VendorChatbot? SeenChatbot => Read(Seen);

    /// <summary>It was read.</summary>
    internal void See(VendorChatbot? there, DateTimeOffset now) =>
        (Seen, ReadAt, ReadCode) = (there is null ? null : Write(there), now, VendorCodes.Accepted);

    /// <summary>All of the account was read, or could not be.</summary>
    internal void Read(VendorAnswer answer, IReadOnlyList<VendorChatbot> all, DateTimeOffset now)
    {
        if (answer.IsAccepted)
        {
            See(all.FirstOrDefault(there => there.Id == VendorId), now);
        }
        else
        {
            (ReadAt, ReadCode) = (now, answer.Code);
        }
    }

    /// <summary>It is there as it was wanted.</summary>
    internal void TakePublished(VendorChatbot published, string robot, int vendorId) =>
        (Published, PublishedRobot, VendorId, Name) = (Write(published), robot, vendorId, published.Name);

    internal static string Write(VendorChatbot chatbot) => JsonSerializer.Serialize(chatbot);

    private static VendorChatbot? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<VendorChatbot>(json);
}
