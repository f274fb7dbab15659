using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>A message in the making: its Block Kit blocks and the same as a person would read them. Text is given unescaped. Everything
/// that comes from events is plain text, where Slack knows no markup at all.</summary>
internal sealed class SlackLayout
{
    /// <summary>Slack's limits; a header's and a section's are documented (docs.slack.dev/reference/block-kit/blocks).</summary>
    public const int MaxHeader = 150;
    public const int MaxSection = 3000;
    public const int MaxBlocks = 50;

    /// <summary>Of a button's address.</summary>
    public const int MaxLink = 3000;

    private const int MaxButton = 75;

    /// <summary>All text of a message together, escaped, with an allowance for each block. Slack refuses more than about 13,000 as
    /// <c>msg_blocks_too_long</c> (undocumented; slackapi/bolt-js issues 2509 and 2867 measured it, and less where blocks are
    /// many).</summary>
    public const int MaxSize = 9000;

    private const int MaxField = 2000;
    private const int MaxFieldsPerSection = 10;
    private const int BlockAllowance = 40;

    // Chinese and emoji stay readable in the record; the body is never put into a page.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<Action<Utf8JsonWriter>> _blocks = [];
    private readonly StringBuilder _preview = new();

    public int Blocks => _blocks.Count;

    /// <summary>In the unit of <see cref="MaxSize"/>.</summary>
    public int Size { get; private set; }

    /// <summary>What <paramref name="texts"/> would add to <see cref="Size"/> as one section each.</summary>
    public static int SizeOf(IEnumerable<string> texts) => texts.Sum(text => SlackEventText.EscapedLength(text) + BlockAllowance);

    /// <summary>The title; shortened to fit.</summary>
    public void Header(string text)
    {
        var title = SlackEventText.Line(text, MaxHeader);
        Add([title], json =>
        {
            json.WriteString("type", "header");
            WriteText(json, "text", "plain_text", SlackEventText.Escape(title));
        });
        Read(title + "\n");
    }

    /// <summary>A paragraph, in as many sections as it takes.</summary>
    public void Section(string text)
    {
        foreach (var piece in SlackEventText.Pieces(text, MaxSection))
        {
            Add([piece], json =>
            {
                json.WriteString("type", "section");
                WriteText(json, "text", "plain_text", SlackEventText.Escape(piece));
            });
        }

        Read(text + "\n");
    }

    /// <summary>A table of two columns. The labels are our own words, and the only text with markup.</summary>
    public void Fields(IReadOnlyList<(string Label, string Value)> rows)
    {
        foreach (var chunk in rows.Chunk(MaxFieldsPerSection / 2))
        {
            Add(chunk.SelectMany(row => (string[])[row.Label, row.Value]), json =>
            {
                json.WriteString("type", "section");
                json.WriteStartArray("fields");
                foreach (var (label, value) in chunk)
                {
                    WriteText(json, null, "mrkdwn", $"*{label}*");
                    WriteText(json, null, "plain_text", SlackEventText.Escape(SlackEventText.Line(value, MaxField)));
                }

                json.WriteEndArray();
            });
        }

        Read(string.Join('\n', rows.Select(row => $"{row.Label}: {row.Value}")) + "\n");
    }

    /// <summary>Whom the message calls; nothing where it calls nobody.</summary>
    /// <param name="mentions">As Slack reads them (<c>&lt;!here&gt;</c>): our own settings, never an event's text.</param>
    public void Mention(string mentions)
    {
        if (mentions.Length > 0)
        {
            Add([mentions], json =>
            {
                json.WriteString("type", "section");
                WriteText(json, "text", "mrkdwn", mentions);
            });
            Read(SlackMentionText.Shown(mentions) + "\n");
        }
    }

    /// <summary>Buttons that lead to where more is told; nothing where there are none.</summary>
    /// <param name="links">A text should name the host where the address is somebody else's.</param>
    public void Links(IReadOnlyList<(string Text, string Address)> links)
    {
        if (links.Count == 0)
        {
            return;
        }

        var shown = links.Select(link => (Text: SlackEventText.Line(link.Text, MaxButton), link.Address)).ToList();
        Add(shown.SelectMany(link => (string[])[link.Text, link.Address]), json =>
        {
            json.WriteString("type", "actions");
            json.WriteStartArray("elements");
            foreach (var (text, address) in shown)
            {
                json.WriteStartObject();
                json.WriteString("type", "button");
                WriteText(json, "text", "plain_text", SlackEventText.Escape(text));
                json.WriteString("url", address);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        Read(string.Join('\n', shown.Select(link => $"{link.Text}: {link.Address}")) + "\n");
    }

    /// <summary>Buttons that this console is told of; nothing where there are none.</summary>
    public void Buttons(IReadOnlyList<SlackButton> buttons)
    {
        if (buttons.Count == 0)
        {
            return;
        }

        Add(buttons.Select(button => button.Text), json =>
        {
            json.WriteString("type", "actions");
            json.WriteStartArray("elements");
            foreach (var button in buttons)
            {
                json.WriteStartObject();
                json.WriteString("type", "button");
                WriteText(json, "text", "plain_text", SlackEventText.Escape(button.Text));
                json.WriteString("action_id", button.ActionId);
                json.WriteString("value", button.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        Read(string.Join(" ", buttons.Select(button => $"[{button.Text}]")) + "\n");
    }

    /// <summary>The small print at the end.</summary>
    public void Context(string text)
    {
        Add([text], json =>
        {
            json.WriteString("type", "context");
            json.WriteStartArray("elements");
            WriteText(json, null, "plain_text", SlackEventText.Escape(text));
            json.WriteEndArray();
        });
        Read(text);
    }

    /// <summary>The body of <c>chat.postMessage</c> or <c>chat.update</c>.</summary>
    /// <param name="summary">The text of the phone's notification, unescaped.</param>
    /// <param name="thread">What it does with which message.</param>
    public ComposedMessage ToMessage(string channelId, string summary, IEnumerable<MessageItem> items, SlackThread thread = default)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteString("channel", channelId);
            json.WriteString("text", SlackEventText.Escape(summary));
            WriteArguments(json, thread);
            json.WriteStartArray("blocks");
            foreach (var write in _blocks)
            {
                json.WriteStartObject();
                write(json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new ComposedMessage(
            Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length),
            _preview.ToString().TrimEnd(),
            [.. items.Select(item => item.DeliveryId)]) { FollowUp = thread.FollowUp };
    }

    // What chat.update does not know it is not sent.
    private static void WriteArguments(Utf8JsonWriter json, SlackThread thread)
    {
        if (thread.FollowUp == FollowUp.Update)
        {
            json.WriteString("ts", thread.Ts);
            return;
        }

        if (thread.FollowUp == FollowUp.Reply)
        {
            json.WriteString("thread_ts", thread.Ts);
        }

        json.WriteBoolean("mrkdwn", false);
        json.WriteBoolean("unfurl_links", false);
        json.WriteBoolean("unfurl_media", false);
    }

    private void Add(IEnumerable<string> texts, Action<Utf8JsonWriter> write)
    {
        _blocks.Add(write);
        Size += BlockAllowance + texts.Sum(text => SlackEventText.EscapedLength(text));
    }

    private void Read(string text) => _preview.Append(text).Append('\n');

    private static void WriteText(Utf8JsonWriter json, string? name, string type, string text)
    {
        if (name is null)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartObject(name);
        }

        json.WriteString("type", type);
        json.WriteString("text", text);
        if (type == "plain_text")
        {
            // Otherwise ":fire:" in an event's text becomes a picture.
            json.WriteBoolean("emoji", false);
        }
        else
        {
            json.WriteBoolean("verbatim", true);
        }

        json.WriteEndObject();
    }
}
