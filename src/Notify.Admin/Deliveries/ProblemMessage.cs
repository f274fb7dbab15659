using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>That a message tells of a problem alone: later ones of its channel follow it, or it follows one. Goes with its
/// message.</summary>
public sealed class ProblemMessage
{
    public long MessageId { get; init; }

    public ChannelKind ChannelKind { get; init; }

    public int ChannelId { get; init; }

    /// <summary><see cref="EventProblem.KeyOf"/> of its event.</summary>
    public required string Problem { get; init; }

    /// <summary>How it was sent.</summary>
    public FollowUp FollowUp { get; set; }

    /// <summary>The message that it changed or answered; null for the first, which others follow.</summary>
    public long? FirstId { get; set; }

    /// <summary>It is followed no more: the vendor said that it is gone, or a digest has told of its problem since.</summary>
    public bool IsEnded { get; set; }
}
