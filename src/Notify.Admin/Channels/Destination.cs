namespace Notify.Admin.Channels;

/// <summary>A channel's current settings as delivery needs them; each kind adds what its sender needs. Holds no plain secret.</summary>
public abstract record Destination
{
    public required ChannelKey Key { get; init; }

    public required string Name { get; init; }

    /// <summary>False when switched off: its waiting deliveries end as skipped.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>Identifies the vendor's rate-limited thing (robot token; team and channel) without revealing it: channels with the same
    /// destination share one budget.</summary>
    public required string Fingerprint { get; init; }

    public required PacingLimit Pacing { get; init; }

    /// <summary>Least time between two messages; zero is no limit.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>Its tags as a column holds them: destinations are compared by value.</summary>
    public string TagColumn { get; init; } = "";

    public IReadOnlyList<string> Tags => ChannelTags.Read(TagColumn);

    public DeliveryPolicy Policy { get; init; } = DeliveryPolicy.Off;

    /// <summary>How it wants to be told what follows on a problem.</summary>
    public FollowUp FollowUp { get; init; }

    /// <summary>Grows with each edit of the channel: what is held because the channel needed attention is released by an edit.</summary>
    public int Revision { get; init; }
}

/// <summary>At most <paramref name="Sends"/> attempts in any sliding <paramref name="Window"/>; 0 sends is no pacing.</summary>
public readonly record struct PacingLimit(int Sends, TimeSpan Window)
{
    public bool IsUnlimited => Sends == 0;
}
