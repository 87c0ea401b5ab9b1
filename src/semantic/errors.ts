/** Every way the semantic layer can fail to do its work. */
export type SemanticErrorCode = 'semantic.query-refused' | 'semantic.unlike-units';
