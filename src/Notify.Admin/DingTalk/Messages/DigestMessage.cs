using System.Globalization;
using System.Text;
using Notify.Admin.Channels;

namespace Notify.Admin.DingTalk;

/// <summary>The messages about several events: counts first, then every event with its id, most severe first and older first among
/// equals, continued in further messages when they do not fit.</summary>
internal static class DigestMessage
{
    private const int MaxTitle = 80;
    private const int MaxAsset = 60;
    private const int MaxTypeLabel = 60;
    private const int MaxTypes = 8;
    private const int MaxPosted = 300;

    // Reserved for "2 of 6" while the number of messages is not known yet; each carries at least one event.
    private const int ManyParts = 9999;

    public static IReadOnlyList<ComposedMessage> Compose(MessageFrame frame, IReadOnlyList<MessageItem> items)
    {
        var lines = items
            .OrderByDescending(item => item.Event.Severity)
            .ThenBy(item => item.Event.Time)
            .ThenBy(item => item.Event.RowId)
            .Select(item => new Line(item, frame.Shown(Describe(frame.Words, item))))
            .ToList();
        var counts = frame.Opening() + frame.Shown(Counts(frame.Words, items));
        var parts = Split(frame, counts, lines);
        return [.. parts.Select((part, index) => ComposePart(frame, counts, part, index, parts.Count, lines.Count))];
    }

    private static List<List<Line>> Split(MessageFrame frame, string counts, List<Line> lines)
    {
        var parts = new List<List<Line>>();
        var room = 0;
        foreach (var line in lines)
        {
            if (parts.Count == 0 || line.Size > room)
            {
                var isFirst = parts.Count == 0;
                var empty = ComposePart(frame, counts, [line with { Text = string.Empty }], isFirst
                    ? 0 : ManyParts, ManyParts, lines.Count);
                room = RobotMarkdown.MaxBytes - Encoding.UTF8.GetByteCount(empty.Body);
                parts.Add([]);
            }

            parts[^1].Add(line);
            room -= line.Size;
        }

        return parts;
    }

    private static ComposedMessage ComposePart(MessageFrame frame, string counts, List<Line> lines, int index, int parts, int events)
    {
        var words = frame.Words;
        var isFirst = index == 0;
        var severity = lines[0].Item.Event.Severity;
        var heading = words["Events", events] + (parts > 1 ? " · " + words["Part", index + 1, parts] : string.Empty);
        var text = new StringBuilder();
        text.Append(isFirst ? counts : string.Empty);
        text.Append(frame.Shown($"#### {words.Of(severity)} · {heading}\n"));
        foreach (var line in lines)
        {
            text.Append(line.Text);
        }

        text.Append(frame.Closing(null, mentions: isFirst));
        var body = frame.Body(frame.Title(severity, heading), text.ToString(), mentions: isFirst);
        return frame.Compose(body, lines.Select(line => line.Item));
    }

    private static string Describe(MessageWords words, MessageItem item)
    {
        var record = item.Event;
        var parts = new[]
        {
            EventMessage.Headline(words, record, MaxTitle),
            // A message of somebody's own is more than its first line.
            record.Posted is not null && record.Fields.Description != record.Fields.Title
                ? EventText.Safe(record.Fields.Description, MaxPosted) : "",
            EventText.Safe(record.Fields.Asset, MaxAsset),
            EventMessage.TypeLabel(words, record, MaxTypeLabel),
            record.Time.UtcDateTime.ToString("MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
            record.HeldBack > 0 ? words["HeldBack", record.HeldBack] : "",
            $"ID {EventText.SafeId(record.Id)}",
            item.ShortId,
        };
        return $"\n- **{words.StateBefore(record)}{words.Of(record.Severity)}** {string.Join(" · ", parts.Where(part => part.Length > 0))}";
    }

    private static string Counts(MessageWords words, IReadOnlyList<MessageItem> items)
    {
        var text = new StringBuilder().Append(SeverityCounts(words, items)).Append('\n');
        var types = items
            .GroupBy(item => EventMessage.TypeLabel(words, item.Event, MaxTypeLabel), StringComparer.Ordinal)
            .OrderByDescending(type => type.Max(item => item.Event.Severity))
            .ThenByDescending(type => type.Count())
            .ToList();
        foreach (var type in types.Take(MaxTypes))
        {
            text.Append("\n- ").Append(words["TypeCount", type.Key, type.Count(), SeverityCounts(words, type)]);
        }

        if (types.Count > MaxTypes)
        {
            text.Append("\n- ").Append(words["MoreTypes", types.Count - MaxTypes, types.Skip(MaxTypes).Sum(type => type.Count())]);
        }

        return text.Append("\n\n").ToString();
    }

    private static string SeverityCounts(MessageWords words, IEnumerable<MessageItem> items) => string.Join(" · ", items
        .GroupBy(item => item.Event.Severity)
        .OrderByDescending(severity => severity.Key)
        .Select(severity => words["Count", words.Of(severity.Key), severity.Count()]));

    private sealed record Line(MessageItem Item, string Text)
    {
        public int Size { get; } = RobotMarkdown.SizeOf(Text);
    }
}
