namespace Notify.Admin.SlackButtons;

/// <summary>Names the texts of answers to presses: <c>SlackButtonsText.resx</c> and its translations.</summary>
public sealed class SlackButtonsText;
