using MudBlazor;

namespace Notify.Admin.Layout;

/// <summary>How the console looks: every colour, the type and the radius. Hand-written CSS reads these through MudBlazor's variables
/// (<c>--mud-palette-…</c>); <c>wwwroot/css/tokens.css</c> gives them our names.</summary>
/// <remarks>Two themes instead of one with two palettes, because both are in the page and <c>data-theme</c> picks: so a static page has
/// them too, and nothing is painted twice.</remarks>
internal static class ConsoleTheme
{
    private const string White = "#ffffff";

    // System fonts, then those of Chinese systems.
    private static readonly string[] Fonts =
    [
        "Segoe UI", "-apple-system", "BlinkMacSystemFont", "Helvetica Neue", "Noto Sans", "Liberation Sans", "Arial", "PingFang SC",
        "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "sans-serif",
    ];

    public static MudTheme Light { get; } = new()
    {
        PseudoCss = new PseudoCss { Scope = ":root" },
        PaletteLight = new PaletteLight
        {
            Primary = "#0c6b70", PrimaryContrastText = White, PrimaryDarken = "#08565a", PrimaryLighten = "#0d7f85",
            Secondary = "#546272", SecondaryContrastText = White,
            // Tertiary is the colour of Critical, which stands above an error.
            Tertiary = "#7d1b5e", TertiaryContrastText = White,
            Info = "#1c5b99", InfoContrastText = White,
            Success = "#17693c", SuccessContrastText = White, SuccessLighten = "#3a9d67",
            Warning = "#855400", WarningContrastText = White, WarningLighten = "#dd9a17",
            Error = "#b3261c", ErrorContrastText = White, ErrorDarken = "#941b13", ErrorLighten = "#d4463b",
            Dark = "#18222d", DarkContrastText = White,
            TextPrimary = "#18222d", TextSecondary = "#546272", TextDisabled = "#6d7a87",
            ActionDefault = "#546272", ActionDisabled = "#77848f", ActionDisabledBackground = "#e4e9ee",
            Background = "#f4f6f8", BackgroundGray = "#f0f3f6", Surface = White,
            DrawerBackground = "#f0f3f6", DrawerText = "#18222d", DrawerIcon = "#546272",
            AppbarBackground = "#f4f6f8", AppbarText = "#18222d",
            LinesDefault = "#dfe4ea", LinesInputs = "#8494a4", TableLines = "#dfe4ea", TableStriped = "#f0f3f6", TableHover = "#eef2f5",
            Divider = "#c3ccd6", DividerLight = "#dfe4ea", Skeleton = "#e4e9ee",
            GrayDefault = "#5d6a77", GrayLight = "#a9b5c2", GrayLighter = "#e4e9ee",
            OverlayDark = "rgba(16,24,32,0.38)", BorderOpacity = 0.5, HoverOpacity = 0.08,
        },
        Typography = Type(),
        LayoutProperties = Layout(),
        Shadows = Shadows("0 8px 28px rgba(16,24,32,0.14)"),
    };

    public static MudTheme Dark { get; } = new()
    {
        PseudoCss = new PseudoCss { Scope = ":root[data-theme=dark]" },
        PaletteDark = new PaletteDark
        {
            // Colours are bright on the dark ground, so what stands on them is dark.
            Primary = "#57bdbd", PrimaryContrastText = "#06211f", PrimaryDarken = "#6fcbcb", PrimaryLighten = "#62cccc",
            Secondary = "#9aa8b5", SecondaryContrastText = "#0e1317",
            Tertiary = "#ee8fce", TertiaryContrastText = "#2c0c20",
            Info = "#7db8ee", InfoContrastText = "#0a1a28",
            Success = "#63c48d", SuccessContrastText = "#0a1d12", SuccessLighten = "#3f9c69",
            Warning = "#e3b25a", WarningContrastText = "#211906", WarningLighten = "#cf9a3a",
            Error = "#f28b80", ErrorContrastText = "#2b0b08", ErrorDarken = "#f5a39a", ErrorLighten = "#d9594d",
            Dark = "#dfe6ec", DarkContrastText = "#0e1317",
            TextPrimary = "#dfe6ec", TextSecondary = "#9aa8b5", TextDisabled = "#75828e",
            ActionDefault = "#9aa8b5", ActionDisabled = "#6b7884", ActionDisabledBackground = "#26313a",
            Background = "#0e1317", BackgroundGray = "#11171b", Surface = "#151b20",
            DrawerBackground = "#11171b", DrawerText = "#dfe6ec", DrawerIcon = "#9aa8b5",
            AppbarBackground = "#0e1317", AppbarText = "#dfe6ec",
            LinesDefault = "#27313a", LinesInputs = "#5d6d7b", TableLines = "#27313a", TableStriped = "#11171b", TableHover = "#1e272e",
            Divider = "#3a4752", DividerLight = "#27313a", Skeleton = "#26313a",
            GrayDefault = "#8a98a5", GrayLight = "#4c5b68", GrayLighter = "#26313a",
            OverlayDark = "rgba(0,0,0,0.6)", BorderOpacity = 0.5, HoverOpacity = 0.1,
        },
        Typography = Type(),
        LayoutProperties = Layout(),
        Shadows = Shadows("0 8px 28px rgba(0,0,0,0.55)"),
    };

    // One rem is 14 px in a browser that is set to 16; whoever sets it larger gets all of it larger.
    private static Typography Type() => new()
    {
        Default = new DefaultTypography { FontFamily = Fonts, FontSize = "1rem", LineHeight = "1.45", LetterSpacing = "normal" },
        H1 = new H1Typography { FontSize = "1.429rem", FontWeight = "600", LineHeight = "1.3", LetterSpacing = "-0.01em" },
        H2 = new H2Typography { FontSize = "1.143rem", FontWeight = "600", LineHeight = "1.3", LetterSpacing = "normal" },
        H3 = new H3Typography { FontSize = "1rem", FontWeight = "600", LineHeight = "1.3", LetterSpacing = "normal" },
        H4 = new H4Typography { FontSize = "1rem", FontWeight = "600", LineHeight = "1.3", LetterSpacing = "normal" },
        H5 = new H5Typography { FontSize = "1rem", FontWeight = "600", LineHeight = "1.3", LetterSpacing = "normal" },
        H6 = new H6Typography { FontSize = "1.143rem", FontWeight = "600", LineHeight = "1.3", LetterSpacing = "normal" },
        Subtitle1 = new Subtitle1Typography { FontSize = "1rem", LineHeight = "1.45", LetterSpacing = "normal" },
        Subtitle2 = new Subtitle2Typography { FontSize = "0.857rem", FontWeight = "500", LineHeight = "1.45", LetterSpacing = "normal" },
        Body1 = new Body1Typography { FontSize = "1rem", LineHeight = "1.45", LetterSpacing = "normal" },
        Body2 = new Body2Typography { FontSize = "1rem", LineHeight = "1.45", LetterSpacing = "normal" },
        Button = new ButtonTypography
        {
            FontSize = "1rem", FontWeight = "500", LineHeight = "1.2", LetterSpacing = "normal", TextTransform = "none",
        },
        Caption = new CaptionTypography { FontSize = "0.857rem", LineHeight = "1.45", LetterSpacing = "normal" },
    };

    private static LayoutProperties Layout() => new()
    {
        DefaultBorderRadius = "6px",
        DrawerWidthLeft = "216px",
        DrawerMiniWidthLeft = "56px",
        AppbarHeight = "48px",
    };

    // Borders part things; only what floats above the page has a shadow.
    private static Shadow Shadows(string floating) => new()
    {
        Elevation = [.. Enumerable.Range(0, new Shadow().Elevation.Length).Select(height => height < 4 ? "none" : floating)],
    };
}
