using Notify.Admin.Channels;

namespace Notify.Admin.VendorAccounts;

/// <summary>How a run stands.</summary>
public enum PublishState
{
    /// <summary>Not over: whoever finds it without its process reads what is there, and goes on.</summary>
    Open = 1,

    Done = 2,

    Failed = 3,
}

/// <summary>Somebody's order to make a vendor as a channel is here, from the moment that it was given.</summary>
public sealed class PublishRun
{
    public long Id { get; init; }

    public ChannelKind Kind { get; init; }

    public int ChannelId { get; init; }

    /// <summary>What the channel was called when it was ordered.</summary>
    public required string Name { get; init; }

    public int AccountId { get; init; }

    /// <summary>Shared by the orders that were given at once; null for a single one.</summary>
    public Guid? Batch { get; init; }

    /// <summary>To delete it there, in place of publishing it.</summary>
    public bool Removes { get; init; }

    /// <summary>What was to be published when it was ordered, as JSON; another by now is not published without a new plan.</summary>
    public string? Wanted { get; init; }

    /// <summary>The keyed fingerprint of its robot or token.</summary>
    public string? WantedSecret { get; init; }

    public required string By { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public PublishState State { get; set; } = PublishState.Open;

    /// <summary>Why it failed.</summary>
    public string? Code { get; set; }

    /// <summary>In the vendor's words.</summary>
    public string? Detail { get; set; }

    public string? RequestId { get; set; }

    public ChannelKey Key => new(Kind, ChannelId);
}
