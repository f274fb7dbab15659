using System.Text;
using System.Text.Json;

namespace Notify.Admin.Rules;

/// <summary>Reads ConfigList JSON into its parts with their places, and reports every departure from the shape. What the words mean is
/// <see cref="ConfigListValidator"/>'s business.</summary>
internal sealed class ConfigListReader
{
    private const int MaxDepth = 16;

    private readonly SourceText _source;
    private readonly ConfigListErrors _errors;
    private readonly List<RuleSyntax> _rules = [];

    // Where the reader is, for the path of an error that stops it.
    private string _path = "";

    private ConfigListReader(SourceText source, ConfigListErrors errors)
    {
        _source = source;
        _errors = errors;
    }

    public static ConfigListResult Read(string text)
    {
        var errors = new ConfigListErrors(text);
        if (text.Length > ConfigList.MaxLength)
        {
            errors.Add(ConfigListFault.TooLong, "", 0, 0, $"{ConfigList.MaxLength}");
            return new(null, errors.InTextOrder());
        }

        SourceText source;
        try
        {
            source = new SourceText(text);
        }
        catch (EncoderFallbackException half)
        {
            errors.Add(ConfigListFault.NotValidJson, "", half.Index, 1, "\uFFFD");
            return new(null, errors.InTextOrder());
        }

        var reader = new ConfigListReader(source, errors);
        reader.ReadText();
        var rules = ConfigListValidator.Validate(reader._rules, source, errors);
        return errors.Any ? new(null, errors.InTextOrder()) : new(new ConfigList(rules), []);
    }

    private void ReadText()
    {
        var json = new Utf8JsonReader(_source.Utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            json.Read();
            if (Expect(ref json, JsonTokenType.StartArray, ""))
            {
                for (var at = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; at++)
                {
                    ReadRule(ref json, $"[{at}]");
                }
            }

            _path = "";

            // Anything after the list is an error that this read raises.
            json.Read();
        }
        catch (JsonException stopped)
        {
            AddStop(stopped, json.CurrentDepth >= MaxDepth);
        }
    }

    private void ReadRule(ref Utf8JsonReader json, string path)
    {
        if (!Expect(ref json, JsonTokenType.StartObject, path))
        {
            return;
        }

        var rule = new RuleSyntax(path, Start(json));
        _rules.Add(rule);
        bool hasType = false, hasItems = false;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            switch (ReadName(ref json, path))
            {
                case "type" when !hasType:
                    hasType = true;
                    rule.Type = ReadString(ref json, _path);
                    break;
                case "configItemList" when !hasItems:
                    hasItems = true;
                    ReadItems(ref json, _path, rule.Items);
                    break;
                case var name:
                    Refuse(ref json, name, ["type", "configItemList"]);
                    break;
            }
        }

        rule.End = (int)json.BytesConsumed;
        _path = path;
        RequireMember(hasType, "type", path, rule.Start);
    }

    private void ReadItems(ref Utf8JsonReader json, string path, List<ItemSyntax> items)
    {
        json.Read();
        if (!Expect(ref json, JsonTokenType.StartArray, path))
        {
            return;
        }

        for (var at = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; at++)
        {
            ReadItem(ref json, $"{path}[{at}]", items);
        }
    }

    private void ReadItem(ref Utf8JsonReader json, string path, List<ItemSyntax> items)
    {
        if (!Expect(ref json, JsonTokenType.StartObject, path))
        {
            return;
        }

        var item = new ItemSyntax(path, Start(json));
        items.Add(item);
        bool hasKey = false, hasValues = false;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            switch (ReadName(ref json, path))
            {
                case "key" when !hasKey:
                    hasKey = true;
                    item.Key = ReadString(ref json, _path);
                    break;
                case "valueList" when !hasValues:
                    hasValues = true;
                    item.ValueList = ReadValues(ref json, _path);
                    break;
                case var name:
                    Refuse(ref json, name, ["key", "valueList"]);
                    break;
            }
        }

        _path = path;
        RequireMember(hasKey, "key", path, item.Start);
        RequireMember(hasValues, "valueList", path, item.Start);
    }

    private ValueListSyntax? ReadValues(ref Utf8JsonReader json, string path)
    {
        json.Read();
        if (!Expect(ref json, JsonTokenType.StartArray, path))
        {
            return null;
        }

        var start = Start(json);
        var values = new List<StringSyntax>();
        var count = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
        {
            if (ReadCurrentString(ref json, $"{path}[{count}]") is { } value)
            {
                values.Add(value);
            }
        }

        _path = path;
        return new(path, start, (int)json.BytesConsumed, values, IsWhole: values.Count == count);
    }

    /// <summary>The member's name; the reader's path becomes the member's.</summary>
    private string ReadName(ref Utf8JsonReader json, string path)
    {
        var name = Text(ref json) ?? "\uFFFD";
        _path = ConfigListErrors.Member(path, name);
        return name;
    }

    private StringSyntax? ReadString(ref Utf8JsonReader json, string path)
    {
        json.Read();
        return ReadCurrentString(ref json, path);
    }

    private StringSyntax? ReadCurrentString(ref Utf8JsonReader json, string path)
    {
        if (!Expect(ref json, JsonTokenType.String, path))
        {
            return null;
        }

        var (start, end) = (Start(json), (int)json.BytesConsumed);
        if (Text(ref json) is not { } text)
        {
            Add(ConfigListFault.NotValidJson, path, start, end, "\uFFFD");
            return null;
        }

        return new(text, path, start, end);
    }

    /// <summary>The current string or name; null when its escapes spell half a surrogate pair.</summary>
    private static string? Text(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // Ignoring an unknown member would let a misspelt valueList or configItemList widen the rule unseen.
    private void Refuse(ref Utf8JsonReader json, string name, string[] allowed)
    {
        var (start, end) = (Start(json), (int)json.BytesConsumed);
        if (allowed.Contains(name))
        {
            Add(ConfigListFault.DuplicateMember, _path, start, end, name);
        }
        else
        {
            Add(ConfigListFault.UnknownMember, _path, start, end, name, string.Join(", ", allowed));
        }

        json.Skip();
    }

    private void RequireMember(bool present, string name, string path, int start)
    {
        if (!present)
        {
            Add(ConfigListFault.MissingMember, path, start, start + 1, name);
        }
    }

    private bool Expect(ref Utf8JsonReader json, JsonTokenType expected, string path)
    {
        _path = path;
        if (json.TokenType == expected)
        {
            return true;
        }

        Add(ConfigListFault.WrongType, path, Start(json), (int)json.BytesConsumed, NameOf(expected), NameOf(json.TokenType));
        json.Skip();
        return false;
    }

    private void AddStop(JsonException stopped, bool tooDeep)
    {
        var lines = _source.Utf8;
        var lineStart = 0;
        for (var line = 0L; line < (stopped.LineNumber ?? 0); line++)
        {
            lineStart += lines[lineStart..].IndexOf((byte)'\n') + 1;
        }

        var at = lineStart + (int)(stopped.BytePositionInLine ?? 0);
        var character = _source.CharacterAt(at);
        var fault = tooDeep ? ConfigListFault.TooDeep : character.Length == 0 ? ConfigListFault.EndsTooEarly : ConfigListFault.NotValidJson;
        _errors.Add(fault, _path, _source.CharAt(at), character.Length, fault == ConfigListFault.NotValidJson ? [character] : []);
    }

    private void Add(ConfigListFault fault, string path, int start, int end, params ReadOnlySpan<string> args)
    {
        if (_errors.IsFull)
        {
            return;
        }

        var offset = _source.CharAt(start);
        _errors.Add(fault, path, offset, _source.CharAt(end) - offset, args);
    }

    private static int Start(in Utf8JsonReader json) => (int)json.TokenStartIndex;

    private static string NameOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "array",
        JsonTokenType.StartObject => "object",
        JsonTokenType.String => "string",
        JsonTokenType.Number => "number",
        JsonTokenType.True or JsonTokenType.False => "boolean",
        _ => "null",
    };
}
