using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;

namespace Notify.Admin.Shared;

public sealed partial class ChannelSelect
{
    private string? _search;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    /// <summary>What can be chosen, by kind and name.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ChannelName> Channels { get; set; } = [];

    [Parameter, EditorRequired]
    public ChannelKey? Value { get; set; }

    [Parameter]
    public EventCallback<ChannelKey?> ValueChanged { get; set; }

    /// <summary>What choosing none is called.</summary>
    [Parameter, EditorRequired]
    public string Empty { get; set; } = "";

    /// <summary>What a chosen channel is called that is not there any more.</summary>
    [Parameter, EditorRequired]
    public string Gone { get; set; } = "";

    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>Attributes of the select: its id, label and description.</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    private static string Write(ChannelKey? key) =>
        key is { } channel ? string.Create(CultureInfo.InvariantCulture, $"{channel.Kind}/{channel.Id}") : "";

    private static ChannelKey? Read(object? value) =>
        value is string text && text.Split('/') is [var kind, var id] && Enum.TryParse<ChannelKind>(kind, out var parsed)
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ChannelKey(parsed, number)
            : null;
}
