using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Notify.Admin.DingTalk;
using Notify.Admin.Rules;

namespace Notify.Admin.SecurityCenter;

/// <summary>A chatbot as <c>DescribeDingTalk</c> answers it.</summary>
/// <param name="MaskedUrl"><see cref="WebhookUrl.Masked"/>.</param>
/// <param name="ConfigList">As written, minified.</param>
internal sealed record DescribedChatbot(
    int Id,
    string Name,
    string MaskedUrl,
    bool IsOn,
    int IntervalMinutes,
    string ConfigList,
    IReadOnlyList<string> GroupIds,
    DingTalkLanguage Language,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt);

/// <summary>An asset group as the group operations answer it.</summary>
/// <param name="Name">May be empty: the id then stands for it.</param>
internal sealed record DescribedGroup(int Id, string Name);

/// <summary>Writes the bodies of answers with the vendor's member names and types, in the order of the vendor's examples.</summary>
internal static class SecurityCenterAnswers
{
    // The vendor answers Chinese as it is; the content type says JSON, so nothing needs HTML's escapes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A request id as the vendor writes it: an upper-case UUID.</summary>
    public static string NewRequestId() => Guid.NewGuid().ToString().ToUpperInvariant();

    /// <summary>The answer of operations that only succeed or fail. Creating answers no id either; that is the vendor's way.</summary>
    public static byte[] Done(string requestId) => Write(requestId, _ => { });

    public static byte[] Error(string requestId, string host, SecurityCenterError error) => Write(requestId, json =>
    {
        json.WriteString("HostId", host);
        json.WriteString("Code", error.Code);
        json.WriteString("Message", error.Message);
    });

    public static byte[] Chatbots(string requestId, ListChatbotsCall call, int total, IEnumerable<DescribedChatbot> chatbots) =>
        Write(requestId, json =>
    {
        json.WriteStartObject("PageInfo");
        json.WriteNumber("CurrentPage", call.Page);
        json.WriteNumber("PageSize", call.PageSize);
        json.WriteNumber("TotalCount", total);
        json.WriteEndObject();
        json.WriteStartArray("ActionList");
        foreach (var chatbot in chatbots)
        {
            json.WriteStartObject();
            json.WriteNumber("Id", chatbot.Id);
            json.WriteString("ActionName", chatbot.Name);
            json.WriteString("Url", chatbot.MaskedUrl);
            json.WriteNumber("Status", chatbot.IsOn ? 1 : 0);
            json.WriteNumber("IntervalTime", chatbot.IntervalMinutes);
            json.WriteString("ConfigList", chatbot.ConfigList);
            json.WriteString("GroupIdList", GroupIds.Write(chatbot.GroupIds));
            json.WriteString("DingTalkLang", chatbot.Language == DingTalkLanguage.En ? "en" : "zh");
            json.WriteNumber("GmtCreate", chatbot.CreatedAt.ToUnixTimeMilliseconds());
            json.WriteNumber("GmtModified", chatbot.ChangedAt.ToUnixTimeMilliseconds());
            // The vendor's account; there is none here.
            json.WriteNumber("AliUid", 0L);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static byte[] DataSources(string requestId) => Write(requestId, json =>
    {
        json.WriteStartArray("MetaDatas");
        foreach (var source in DataSource.All)
        {
            json.WriteStartObject();
            json.WriteNumber("DataSourceId", source.Id);
            json.WriteString("DataSourceName", source.Name);
            json.WriteString("Description", source.LabelKey);
            json.WriteStartArray("MetaDataFields");
            foreach (var field in source.Fields)
            {
                json.WriteStartObject();
                // "Filed" is the vendor's spelling.
                json.WriteString("Filed", field.Key);
                json.WriteString("FiledName", field.LabelKey);
                json.WriteString("ValueType", field.ValueType);
                json.WriteString("Sample", field.Sample);
                json.WriteStartArray("OperatorList");
                json.WriteStartObject();
                json.WriteString("Name", field.Operator);
                json.WriteString("Description", field.Operator);
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>One root group; the vendor's type says that its children are strings, which hold JSON.</summary>
    public static byte[] GroupStruct(string requestId, DescribeCall call, IReadOnlyList<DescribedGroup> groups) => Write(requestId, json =>
    {
        WriteGroup(json, new DescribedGroup(0, call.Language == DingTalkLanguage.En ? "All groups" : "全部分组"), isRoot: true, index: 0);
        json.WriteStartArray("Groups");
        foreach (var (index, group) in groups.Index())
        {
            json.WriteStringValue(WriteText(child =>
            {
                WriteGroup(child, group, isRoot: false, index);
                child.WriteStartArray("Groups");
                child.WriteEndArray();
            }));
        }

        json.WriteEndArray();
    });

    public static byte[] AllGroups(string requestId, IReadOnlyList<DescribedGroup> groups) => Write(requestId, json =>
    {
        json.WriteNumber("Count", groups.Count);
        json.WriteStartArray("Groups");
        foreach (var group in groups)
        {
            json.WriteStartObject();
            json.WriteNumber("GroupId", group.Id);
            json.WriteString("GroupName", NameOf(group));
            json.WriteNumber("GroupFlag", 1);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteGroup(Utf8JsonWriter json, DescribedGroup group, bool isRoot, int index)
    {
        json.WriteNumber("GroupId", group.Id);
        json.WriteString("GroupName", NameOf(group));
        json.WriteNumber("GroupFlag", isRoot ? 0 : 1);
        json.WriteNumber("GroupLevel", isRoot ? 0 : 1);
        json.WriteNumber("GroupIndex", index);
        json.WriteNumber("GroupFather", isRoot ? -1 : 0);
        // Machines are the vendor's business; none are known here.
        json.WriteNumber("MachineNum", 0);
    }

    private static string NameOf(DescribedGroup group) =>
        group.Name.Length > 0 ? group.Name : group.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string WriteText(Action<Utf8JsonWriter> members) => System.Text.Encoding.UTF8.GetString(WriteObject(members));

    private static byte[] Write(string requestId, Action<Utf8JsonWriter> members) => WriteObject(json =>
    {
        json.WriteString("RequestId", requestId);
        members(json);
    });

    private static byte[] WriteObject(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
