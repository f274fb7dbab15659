using System.Globalization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Shared;

namespace Notify.Admin.Deliveries;

/// <summary>The deliveries page's query string: filters and where the page begins.</summary>
public sealed record DeliveryAddress(string States, ChannelKey? Channel, TimePeriod Period, string? Text, PageCursor Cursor)
{
    public static readonly DeliveryAddress Empty = new("", null, TimePeriod.Any, null, PageCursor.Newest);

    public IReadOnlyList<DeliveryState> StateList =>
        [.. States.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(DeliveryStates.Parse).OfType<DeliveryState>()];

    public int ActiveCount => (States.Length > 0 ? 1 : 0) + (Channel is null ? 0 : 1) + (Period.IsAny ? 0 : 1) + (Text is null ? 0 : 1);

    /// <summary>The page without its cursor shows the newest rows.</summary>
    public bool IsNewest => Cursor == PageCursor.Newest;

    /// <summary>Reads the values of an address; what cannot be read counts as not given.</summary>
    public static DeliveryAddress Parse(string? states, string? channel, TimePeriod period, string? text, string? before, string? after) =>
        new(
        string.Join(',', (states ?? "").Split(',').Select(DeliveryStates.Parse).OfType<DeliveryState>().Distinct().Order()
        .Select(DeliveryStates.ToName)),
        ParseChannel(channel), period, SearchText.Clean(text), new PageCursor(Id(before), Id(after)));

    public DeliveryFilter ToFilter(DateTimeOffset now)
    {
        var (from, to) = Period.At(now);
        return new DeliveryFilter { States = StateList, Channel = Channel, From = from, To = to, Text = Text };
    }

    public DeliveryAddress Toggle(DeliveryState state)
    {
        var states = StateList.Contains(state) ? StateList.Where(s => s != state) : StateList.Append(state);
        return this with { States = string.Join(',', states.Order().Select(DeliveryStates.ToName)), Cursor = PageCursor.Newest };
    }

    /// <summary>For <c>GetUriWithQueryParameters</c>; null takes a parameter away.</summary>
    public Dictionary<string, object?> ToQuery() => new()
    {
        ["state"] = States.Length > 0 ? States : null,
        ["channel"] = Channel is { } channel ? ToText(channel) : null,
        ["time"] = Period.Name,
        ["from"] = TimePeriod.ToText(Period.From),
        ["to"] = TimePeriod.ToText(Period.To),
        ["q"] = Text,
        ["before"] = Cursor.Before,
        ["after"] = Cursor.After,
    };

    /// <summary><c>slack-3</c>.</summary>
    public static string ToText(ChannelKey channel) => $"{channel.Kind.ToString().ToLowerInvariant()}-{channel.Id}";

    public static ChannelKey? ParseChannel(string? text) =>
        text?.Split('-') is [var kind, var id]
        && Enum.TryParse<ChannelKind>(kind, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed)
            && !char.IsAsciiDigit(kind.FirstOrDefault())
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ChannelKey(parsed, number)
            : null;

    private static long? Id(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
