using System.Text.Json;

namespace Notify.Admin.Sources;

/// <summary>How one type of alert is read from an account, a call at a time. Pure: what a call asks for, and what its answer
/// tells.</summary>
/// <remarks>Operations, parameters and members of answers are those of the public metadata of product Sas, version 2018-12-03:
/// <c>aliyun/aliyun-openapi-meta</c> (<c>metadatas/sas</c>) and <c>aliyun/alibabacloud-csharp-sdk</c>
/// (<c>sas-20181203/core/Models</c>).</remarks>
internal interface IAlertList
{
    /// <summary>What follows <c>sas-event-</c>.</summary>
    string Type { get; }

    /// <param name="from">What was found before is no news.</param>
    /// <param name="language"><c>zh</c> or <c>en</c>: of titles.</param>
    AlertCall CallAt(PollPosition position, DateTimeOffset from, string language);

    /// <exception cref="JsonException">The answer is not what the vendor describes.</exception>
    AlertPage Read(JsonElement answer, PollPosition position, DateTimeOffset from);
}

/// <summary>One call to the vendor.</summary>
internal sealed record AlertCall(string Action, IReadOnlyDictionary<string, string> Parameters);

/// <param name="Next">Null at the end of the list.</param>
internal sealed record AlertPage(IReadOnlyList<FoundAlert> Alerts, PollPosition? Next);
