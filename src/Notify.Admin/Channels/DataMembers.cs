using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Notify.Admin.Channels;

/// <summary>A member of CloudEvents <c>data</c> that fields are read from.</summary>
internal enum DataMember
{
    Title,
    Summary,
    Rule,
    Asset,
    Target,
    ScanId,
    Trigger,
    AvgThreat,
    GroupId,
    Group,
    Labels,
    ItemLevel,
    EventType,
    Type,
    Necessity,
    Severity,
    Priority,
    Description,
    Message,
    Output,
    State,
    Problem,
    Link,
}

/// <summary>Those members of one event's data, found in one pass: to look for each by its name would walk all of them each time.</summary>
internal readonly struct DataMembers
{
    // By DataMember.
    private static readonly byte[][] Names =
    [
        .. ("title summary rule asset target scanId trigger avgThreat groupId group labels item_level event_type "
            + "type necessity severity priority description message output state problem link").Split(' ').Select(Encoding.UTF8.GetBytes),
    ];

    private readonly JsonElement[] _members;

    private DataMembers(JsonElement[] members) => _members = members;

    /// <summary>The member's value; undefined where it is not given.</summary>
    public JsonElement this[DataMember member] => _members[(int)member];

    /// <summary>Of a name that is given twice the last counts.</summary>
    /// <param name="data">An object.</param>
    public static DataMembers Of(JsonElement data)
    {
        var members = new JsonElement[Names.Length];
        foreach (var member in data.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(member);
            if (Find(name.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(member.Name) : name) is >= 0 and var at)
            {
                members[at] = member.Value;
            }
        }

        return new DataMembers(members);
    }

    private static int Find(ReadOnlySpan<byte> name)
    {
        for (var at = 0; at < Names.Length; at++)
        {
            if (name.SequenceEqual(Names[at]))
            {
                return at;
            }
        }

        return -1;
    }
}
