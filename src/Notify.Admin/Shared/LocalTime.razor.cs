using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Notify.Admin.Shared;

/// <summary>Shows a moment as people read it, with the machine-readable value beside it.</summary>
public sealed partial class LocalTime
{
    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <summary>The moment; null shows <see cref="Missing"/>.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset? Value { get; set; }

    /// <summary>True shows the exact time, with the relative words as tooltip.</summary>
    [Parameter]
    public bool Absolute { get; set; }

    /// <summary>True shows the hour and minute, with the day where it is not today; the exact time is the tooltip.</summary>
    [Parameter]
    public bool Clock { get; set; }

    /// <summary>What to show when there is no moment, such as "never".</summary>
    [Parameter]
    public string? Missing { get; set; }

    [Parameter]
    public string? Class { get; set; }

    private static string Machine(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
