using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>What was sent to the vendor: one event, a digest, a test or a drill. Attempts belong to it.</summary>
public sealed class Message
{
    /// <summary>Given by the store.</summary>
    public long Id { get; set; }

    public ChannelKind ChannelKind { get; init; }

    /// <summary>The channel; 0 for the test of a form that is not saved.</summary>
    public int ChannelId { get; init; }

    public MessagePurpose Purpose { get; init; }

    /// <summary>Shown in the message.</summary>
    public required string ShortId { get; init; }

    /// <summary>The text as a person reads it.</summary>
    public required string Preview { get; set; }

    /// <summary>Which message of a continued digest this is, from 1.</summary>
    public int Part { get; init; } = 1;

    public int Parts { get; init; } = 1;

    /// <summary>Who asked for a test, a drill or a repeat.</summary>
    public string? RequestedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; set; }

    /// <summary>What the vendor calls it: Slack's <c>ts</c>.</summary>
    public string? VendorMessageId { get; set; }

    public string? VendorChannelId { get; set; }
}

/// <summary>Which deliveries a message carries.</summary>
public sealed class MessageDelivery
{
    public long MessageId { get; init; }

    public long DeliveryId { get; init; }
}
