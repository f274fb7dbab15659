namespace Notify.Admin.Deliveries;

/// <summary>What a channel has been sent of late and does not want repeated: only a lane's worker reads and writes the rows of its
/// lane.</summary>
public sealed class RepeatCounter
{
    public long LaneId { get; init; }

    /// <summary>SHA-256 over title, asset and type.</summary>
    public required string Key { get; init; }

    /// <summary>The delivery that counts the repeats.</summary>
    public long FirstDeliveryId { get; set; }

    /// <summary>When that delivery was made: repeats count for a time from here.</summary>
    public DateTimeOffset Since { get; set; }
}
