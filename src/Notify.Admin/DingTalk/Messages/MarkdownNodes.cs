namespace Notify.Admin.DingTalk;

/// <summary>A piece of a message as DingTalk draws it. Nodes carry text, never markup, so a component draws them with elements.</summary>
public abstract record MarkdownBlock;

/// <param name="Level">1 to 6.</param>
public sealed record MarkdownHeading(int Level, IReadOnlyList<MarkdownInline> Content) : MarkdownBlock;

public sealed record MarkdownParagraph(IReadOnlyList<MarkdownInline> Content) : MarkdownBlock;

public sealed record MarkdownQuote(IReadOnlyList<MarkdownBlock> Blocks) : MarkdownBlock;

/// <param name="Start">The first number of an ordered list, as written.</param>
public sealed record MarkdownList(bool IsOrdered, int Start, IReadOnlyList<IReadOnlyList<MarkdownInline>> Items) : MarkdownBlock;

/// <summary>A piece of a line.</summary>
public abstract record MarkdownInline;

public sealed record MarkdownText(string Text) : MarkdownInline;

public sealed record MarkdownStrong(IReadOnlyList<MarkdownInline> Content) : MarkdownInline;

public sealed record MarkdownEmphasis(IReadOnlyList<MarkdownInline> Content) : MarkdownInline;

/// <param name="Address">http or https.</param>
public sealed record MarkdownLink(IReadOnlyList<MarkdownInline> Content, Uri Address) : MarkdownInline;

/// <summary>A picture, of which only the alternative text is shown: nothing is loaded from another host.</summary>
public sealed record MarkdownPicture(string Alternative) : MarkdownInline;

/// <summary>Somebody mentioned: <c>@</c> and a number, or everyone.</summary>
public sealed record MarkdownMention(string Text) : MarkdownInline;

public sealed record MarkdownLineBreak : MarkdownInline;
