namespace Notify.Admin.Channels;

/// <summary>How a channel tells what follows on a problem that it has told of already.</summary>
public enum FollowUp
{
    /// <summary>In a message of its own.</summary>
    NewMessage = 0,

    /// <summary>By changing the first message.</summary>
    Update = 1,

    /// <summary>In an answer to the first message.</summary>
    Reply = 2,
}

/// <summary>The message that first told of a problem, and that another one follows.</summary>
/// <param name="ShortId">Shown in it.</param>
/// <param name="VendorMessageId">What the vendor calls it.</param>
/// <param name="VendorChannelId">Where it went, in the vendor's words.</param>
/// <param name="Since">When the problem began: the time of the event that it told.</param>
public sealed record EarlierMessage(string ShortId, string VendorMessageId, string? VendorChannelId, DateTimeOffset Since)
{
    /// <summary>Null until somebody has taken the problem on.</summary>
    public Acknowledged? Acknowledged { get; init; }
}
