using MudBlazor;

namespace Notify.Admin.Shared;

/// <summary>How much an <see cref="ActionButton"/> asks for attention.</summary>
public enum ButtonLook
{
    /// <summary>An action beside others.</summary>
    Normal,

    /// <summary>What most people came for; at most one in a page's head, a dialog or a form.</summary>
    Primary,

    /// <summary>Takes something away, at the moment of deciding.</summary>
    Danger,

    /// <summary>Leads to taking something away.</summary>
    QuietDanger,

    /// <summary>Without a border: in bars and beside text.</summary>
    Quiet,
}

internal static class ButtonLooks
{
    public static Variant ToVariant(this ButtonLook look) => look switch
    {
        ButtonLook.Primary or ButtonLook.Danger => Variant.Filled,
        ButtonLook.Normal or ButtonLook.QuietDanger => Variant.Outlined,
        ButtonLook.Quiet => Variant.Text,
    };

    public static Color ToColor(this ButtonLook look) => look switch
    {
        ButtonLook.Primary => Color.Primary,
        ButtonLook.Danger or ButtonLook.QuietDanger => Color.Error,
        ButtonLook.Normal or ButtonLook.Quiet => Color.Default,
    };
}
