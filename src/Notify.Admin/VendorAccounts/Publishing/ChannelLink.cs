using System.Text.Json;
using Notify.Admin.Channels;

namespace Notify.Admin.VendorAccounts;

/// <summary>A channel of ours that is published to an account. It stays when the channel is deleted here, until what was published is gone
/// there, too.</summary>
public sealed class ChannelLink
{
    public ChannelKind Kind { get; init; }

    /// <summary>The channel's, here.</summary>
    public int ChannelId { get; init; }

    public int AccountId { get; init; }

    /// <summary>What the channel was called when it was last published or linked.</summary>
    public required string Name { get; set; }

    /// <summary>Its id there; null while it was not published, and where the vendor has none.</summary>
    public int? VendorId { get; set; }

    /// <summary>What was last published, as JSON; null while nothing was.</summary>
    public string? Published { get; set; }

    /// <summary>The keyed fingerprint of the robot or token that was last published: no vendor shows it whole.</summary>
    public string? PublishedSecret { get; set; }

    /// <summary>What the vendor showed when it was last read, as JSON; null where it was not there.</summary>
    public string? Seen { get; set; }

    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>What the last reading came to: <see cref="VendorCodes.Accepted"/>, or why it could not be read.</summary>
    public string? ReadCode { get; set; }

    /// <summary>When it is read again to look for drift.</summary>
    public DateTimeOffset NextReadAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public ChannelKey Key => new(Kind, ChannelId);

    /// <summary>As far as is known here, there is something of it at the vendor.</summary>
    public bool IsThere => VendorId is not null || Published is not null;

    internal VendorChannel? PublishedState => Read(Published);

    internal VendorChannel? SeenState => Read(Seen);

    /// <summary>It was read.</summary>
    internal void See(VendorChannel? there, DateTimeOffset now) => (Seen, ReadAt, ReadCode) = (there?.Write(), now, VendorCodes.Accepted);

    /// <summary>All of the account was read, or could not be.</summary>
    internal void Read(VendorAnswer answer, IReadOnlyList<VendorChannel> all, DateTimeOffset now)
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
    /// <param name="vendorId">Null where the vendor has none.</param>
    internal void TakePublished(VendorChannel published, string secret, int? vendorId) =>
        (Published, PublishedSecret, VendorId, Name) = (published.Write(), secret, vendorId, published.Name);

    /// <summary>There is nothing of it at the vendor any more.</summary>
    internal void TakeRemoved() => (Published, PublishedSecret, VendorId) = (null, null, null);

    private VendorChannel? Read(string? json) => json is null ? null : Kind switch
    {
        ChannelKind.DingTalk => JsonSerializer.Deserialize<VendorChatbot>(json),
        ChannelKind.Slack => JsonSerializer.Deserialize<KayranIntegration>(json),
    };
}
