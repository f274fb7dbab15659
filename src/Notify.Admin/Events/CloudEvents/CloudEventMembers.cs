using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Notify.Admin.Events;

/// <summary>A member that CloudEvents 1.0 names.</summary>
internal enum CloudEventMember
{
    SpecVersion,
    Id,
    Source,
    Type,
    Time,
    Subject,
    DataContentType,
    DataSchema,
    Data,
    DataBase64,
}

/// <summary>The members of one event that CloudEvents names, found in one pass over it and each text decoded once.</summary>
internal sealed class CloudEventMembers
{
    // By CloudEventMember.
    private static readonly byte[][] Names =
    [
        .. "specversion id source type time subject datacontenttype dataschema data data_base64".Split(' ').Select(Encoding.UTF8.GetBytes),
    ];

    private readonly (JsonElement Value, string? Text)[] _members = new (JsonElement, string?)[Names.Length];

    /// <summary>Which of them this is; null for an extension's.</summary>
    public static CloudEventMember? Find(JsonProperty member)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(member);
        for (var i = 0; i < Names.Length; i++)
        {
            if (name.SequenceEqual(Names[i]))
            {
                return (CloudEventMember)i;
            }
        }

        // Written with escapes, it is the same name.
        return name.Contains((byte)'\\') ? FindEscaped(member) : null;
    }

    /// <returns>False where it was given before.</returns>
    public bool Add(CloudEventMember member, JsonElement value, string? text)
    {
        ref var kept = ref _members[(int)member];
        var isFirst = kept.Value.ValueKind == JsonValueKind.Undefined;
        kept = (value, text);
        return isFirst;
    }

    /// <summary>Whether it is given. A member that is null counts as left out.</summary>
    public bool Has(CloudEventMember member) =>
        _members[(int)member].Value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>A member's text; null where it has none.</summary>
    public string? Text(CloudEventMember member) => _members[(int)member].Text;

    private static CloudEventMember? FindEscaped(JsonProperty member) =>
        Array.FindIndex(Names, name => member.NameEquals(name)) is >= 0 and var at ? (CloudEventMember)at : null;
}
