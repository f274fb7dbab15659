using System.Text.Json;

namespace Notify.Sandbox.Slack;

/// <summary>Block Kit's limits, complained about in Slack's words. Lengths are in UTF-16 units, the strictest way to count.</summary>
internal static class BlockRules
{
    private const int MostBlocks = 50;
    private const int MostFields = 10;
    private const int MostContextElements = 10;
    private const int MostActions = 25;

    public static IReadOnlyList<string> FindProblems(JsonElement blocks)
    {
        var problems = new List<string>();
        if (blocks.GetArrayLength() > MostBlocks)
        {
            problems.Add($"no more than {MostBlocks} items allowed [json-pointer:/blocks]");
            return problems;
        }

        var index = 0;
        foreach (var block in blocks.EnumerateArray())
        {
            CheckBlock(block, $"/blocks/{index++}", problems);
        }

        return problems;
    }

    private static void CheckBlock(JsonElement block, string path, List<string> problems)
    {
        if (block.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"must be an object [json-pointer:{path}]");
            return;
        }

        CheckLength(block, "block_id", 0, 255, path, problems);
        switch (Text(block, "type"))
        {
            case "header":
                CheckText(block, "text", 150, path, problems, plainOnly: true);
                break;
            case "section":
                CheckSection(block, path, problems);
                break;
            case "context":
                CheckItems(block, "elements", MostContextElements, path, problems, (element, at) =>
                {
                    if (Text(element, "type") != "image")
                    {
                        CheckTextObject(element, 3000, at, problems, plainOnly: false);
                    }
                });
                break;
            case "actions":
                CheckItems(block, "elements", MostActions, path, problems, (element, at) => CheckElement(element, at, problems));
                break;
            case "divider" or "image" or "markdown" or "rich_text" or "input" or "file" or "video" or "table":
                break;
            case null:
                problems.Add($"missing required field: type [json-pointer:{path}]");
                break;
            case var other:
                problems.Add($"unsupported type: {other} [json-pointer:{path}/type]");
                break;
        }
    }

    private static void CheckSection(JsonElement block, string path, List<string> problems)
    {
        var hasFields = block.TryGetProperty("fields", out _);
        if (block.TryGetProperty("text", out _) || !hasFields)
        {
            CheckText(block, "text", 3000, path, problems, plainOnly: false);
        }

        if (hasFields)
        {
            CheckItems(block, "fields", MostFields, path, problems,
                (field, at) => CheckTextObject(field, 2000, at, problems, plainOnly: false));
        }

        if (block.TryGetProperty("accessory", out var accessory))
        {
            CheckElement(accessory, $"{path}/accessory", problems);
        }
    }

    private static void CheckElement(JsonElement element, string path, List<string> problems)
    {
        if (Text(element, "type") != "button")
        {
            return;
        }

        CheckText(element, "text", 75, path, problems, plainOnly: true);
        CheckLength(element, "url", 1, 3000, path, problems);
        if (Text(element, "style") is { } style and not ("primary" or "danger"))
        {
            problems.Add($"must be one of: primary, danger (was {style}) [json-pointer:{path}/style]");
        }
    }

    private static void CheckItems(JsonElement block, string name, int most, string path, List<string> problems, Action<JsonElement,
        string> check)
    {
        if (!block.TryGetProperty(name, out var items) || items.ValueKind != JsonValueKind.Array)
        {
            problems.Add($"missing required field: {name} [json-pointer:{path}]");
            return;
        }

        if (items.GetArrayLength() == 0)
        {
            problems.Add($"must provide at least 1 item [json-pointer:{path}/{name}]");
        }

        if (items.GetArrayLength() > most)
        {
            problems.Add($"no more than {most} items allowed [json-pointer:{path}/{name}]");
            return;
        }

        var index = 0;
        foreach (var item in items.EnumerateArray())
        {
            check(item, $"{path}/{name}/{index++}");
        }
    }

    private static void CheckText(JsonElement parent, string name, int most, string path, List<string> problems, bool plainOnly)
    {
        if (parent.TryGetProperty(name, out var text))
        {
            CheckTextObject(text, most, $"{path}/{name}", problems, plainOnly);
        }
        else
        {
            problems.Add($"missing required field: {name} [json-pointer:{path}]");
        }
    }

    private static void CheckTextObject(JsonElement text, int most, string path, List<string> problems, bool plainOnly)
    {
        if (text.ValueKind != JsonValueKind.Object || Text(text, "text") is null)
        {
            problems.Add($"missing required field: text [json-pointer:{path}]");
            return;
        }

        var type = Text(text, "type");
        if (type != "plain_text" && (plainOnly || type != "mrkdwn"))
        {
            problems.Add($"unsupported type: {type} [json-pointer:{path}/type]");
        }

        CheckLength(text, "text", 1, most, path, problems);
    }

    private static void CheckLength(JsonElement parent, string name, int least, int most, string path, List<string> problems)
    {
        if (Text(parent, name) is not { } value)
        {
            return;
        }

        if (value.Length < least)
        {
            problems.Add($"must be more than {least - 1} characters [json-pointer:{path}/{name}]");
        }

        if (value.Length > most)
        {
            problems.Add($"must be less than {most + 1} characters [json-pointer:{path}/{name}]");
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
}
