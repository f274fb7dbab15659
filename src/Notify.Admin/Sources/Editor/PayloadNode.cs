using System.Text.Json;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>One value of a payload, for the tree that paths are picked from.</summary>
/// <param name="Name">The member's, or the element's index.</param>
/// <param name="Text">Of a plain value, as JSON has it; null for objects and arrays.</param>
/// <param name="Left">How many of its children are not shown.</param>
public sealed record PayloadNode(
    JsonPointer Path, string Name, JsonValueKind Kind, string? Text, IReadOnlyList<PayloadNode> Children, int Left)
{
    private const int MostNodes = 600;
    private const int MostElements = 20;
    private const int LongestText = 120;

    /// <summary>At most some hundreds of nodes, whatever is posted.</summary>
    public static PayloadNode Read(JsonElement payload)
    {
        var left = MostNodes;
        return Read(payload, "", "", ref left);
    }

    private static PayloadNode Read(JsonElement value, string path, string name, ref int left)
    {
        left--;
        List<PayloadNode> children = [];
        var count = 0;
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                count++;
                if (left > 0)
                {
                    children.Add(Read(member.Value, $"{path}/{JsonPointer.Escape(member.Name)}", member.Name, ref left));
                }
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in value.EnumerateArray())
            {
                if (left > 0 && count < MostElements)
                {
                    children.Add(Read(element, $"{path}/{count}", $"{count}", ref left));
                }

                count++;
            }
        }

        // A path of more steps than a mapping may have leads no further than the last that it may.
        return new PayloadNode(JsonPointer.TryRead(path, out _) ?? JsonPointer.TryRead("", out _)!, PlainText.Shorten(name, LongestText),
            value.ValueKind, value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? null
                : PlainText.Shorten(value.GetRawText(), LongestText), children, count - children.Count);
    }
}
