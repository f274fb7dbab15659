using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notify.Admin.Channels;

/// <summary>What a channel wants beside its rules: when it is left alone, what is counted instead of repeated, who is told when it fails,
/// and drills. Everything is off at first. Values stay when their part is switched off.</summary>
public sealed record DeliveryPolicy
{
    public static readonly DeliveryPolicy Off = new();

    private static readonly JsonSerializerOptions Format = new() { Converters = { new JsonStringEnumConverter() } };

    public QuietHours QuietHours { get; init; } = new();

    public Deduplication Deduplication { get; init; } = new();

    public Fallback Fallback { get; init; } = new();

    public DrillSchedule Drills { get; init; } = new();

    /// <summary>As a column holds it; empty for a channel that never wanted any of it.</summary>
    public string ToColumn() => this == Off ? "" : JsonSerializer.Serialize(this, Format);

    /// <inheritdoc cref="ToColumn"/>
    public static DeliveryPolicy FromColumn(string column) =>
        column.Length == 0 ? Off : JsonSerializer.Deserialize<DeliveryPolicy>(column, Format) ?? Off;
}

/// <summary>Counts events with the same title, asset and type instead of repeating them. Events without a title are never the
/// same.</summary>
public sealed record Deduplication
{
    public const int MostMinutes = 7 * 24 * 60;

    public bool IsOn { get; init; }

    /// <summary>For how long after the first, 1 to <see cref="MostMinutes"/>; null while nothing readable is typed.</summary>
    public int? Minutes { get; init; } = 10;

    /// <summary>Null where nothing is counted.</summary>
    public TimeSpan? Within() => IsOn && Minutes is { } minutes and > 0 ? TimeSpan.FromMinutes(minutes) : null;
}

/// <summary>Tells another channel when this one has been failing for a time.</summary>
public sealed record Fallback
{
    public const int MostMinutes = 24 * 60;

    public bool IsOn { get; init; }

    /// <summary>Null while none is chosen.</summary>
    public ChannelKey? To { get; init; }

    /// <summary>1 to <see cref="MostMinutes"/>; null while nothing readable is typed.</summary>
    public int? AfterMinutes { get; init; } = 15;
}
